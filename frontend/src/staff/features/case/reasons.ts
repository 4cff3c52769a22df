/** The blocking reasons of a hall, grouped by their kind (domain.md §2.4). */
import type { Catalogue } from "@/shared/api/types";
import { computed, type ComputedRef } from "vue";
import { coded } from "@/shared/i18n/coded";
import { useCatalogue } from "./queries";

export interface Option { code: string; label: string }
export interface OptionGroup { label: string; options: Option[] }

export function blockingGroups(catalogue: Catalogue): OptionGroup[] {
  const leaves = catalogue.blockingReasons.filter((reason) => reason.parent);
  const parents = catalogue.blockingReasons.filter((reason) => !reason.parent);
  return parents.map((parent) => ({
    label: `${parent.code} ${coded("blocking", parent)}`,
    options: leaves.filter((leaf) => leaf.parent === parent.code).map((leaf) => ({ code: leaf.code, label: `${leaf.code} ${coded("blocking", leaf)}` })),
  }));
}

/** A reason as it is said, also one that this hall does not offer any more. */
export function useBlockingLabel(): ComputedRef<(code: string | null | undefined) => string> {
  const catalogue = useCatalogue();
  return computed(() => (code) => {
    const known = catalogue.data.value;
    const found = [...(known?.blockingReasons ?? []), ...(known?.hiddenReasons ?? [])].find((reason) => reason.code === code);
    return found ? `${found.code} ${coded("blocking", found)}` : (code ?? "");
  });
}
