/** Choices that come from the server, grouped where the list is long. */
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from "vue";
import type { Role } from "@/shared/api/types";
import { word } from "@/shared/i18n";
import { useSession } from "@/staff/session";
import { useCatalogue, useDepartments, useStaff } from "./queries";
import { blockingGroups, type Option, type OptionGroup } from "./reasons";
export { useBlockingLabel } from "./reasons";
import { APPROVERS, type Source } from "./steps";

const AT_THE_DESK: readonly Role[] = ["window_clerk", "desk_officer", "shift_lead", "hall_admin"];
const LEADERS: readonly Role[] = ["dept_lead", "shift_lead", "hall_admin", "supervisor", "district_admin", "city_admin"];
export type { Option, OptionGroup };

export function basisLabel(basis: { title: string; article: string }): string {
  return `${basis.title} ${basis.article}`;
}

export function useOptions(source: MaybeRefOrGetter<Source | null>): ComputedRef<OptionGroup[]> {
  const session = useSession();
  const catalogue = useCatalogue();
  const departments = useDepartments();
  const staff = useStaff(() => ["approvers", "desk_posts", "leaders", "everybody"].includes(toValue(source) ?? ""));
  const plain = (options: Option[]): OptionGroup[] => [{ label: "", options }];

  /** Everybody else who holds one of these roles, named with it. */
  const others = (roles: readonly Role[]): (Option & { department: string | null })[] =>
    (staff.data.value ?? [])
      .filter((post) => post.id !== session.post?.id && post.roles.some((role) => roles.includes(role)))
      .map((post) => ({ code: post.id, label: `${post.name} · ${word("role", post.roles.find((role) => roles.includes(role)))}`, department: post.department?.id ?? null }));
  /** The leaders of the hall, and of one's own department. */
  const mine = (one: { department: string | null }): boolean => one.department === null || one.department === (session.department?.id ?? null);

  return computed(() => {
    const known = catalogue.data.value;
    switch (toValue(source)) {
      case "units":
        return plain((departments.data.value ?? []).map((unit) => ({ code: unit.id, label: unit.name })));
      case "approvers":
        return plain(
          (staff.data.value ?? [])
            .filter((post) => post.id !== session.post?.id && post.roles.some((role) => APPROVERS.includes(role)))
            .map((post) => ({ code: post.id, label: `${post.name} · ${word("role", post.roles.find((role) => APPROVERS.includes(role)))}` })),
        );
      case "everybody":
        return plain((staff.data.value ?? []).map((post) => ({ code: post.id, label: `${post.name} · ${post.department?.name ?? word("role", post.roles[0])}` })));
      case "desk_posts":
        return plain(others(AT_THE_DESK));
      case "leaders":
        return plain(others(LEADERS).filter(mine));
      case "bases":
        return plain((known?.legalBases ?? []).map((basis) => ({ code: basis.code, label: basisLabel(basis) })));
      case "blocking":
        return known ? blockingGroups(known) : [];
      case "returns":
        return plain((known?.returnReasons ?? []).map((reason) => ({ code: reason.code, label: word("return", reason.code, reason.label) })));
      default:
        return [];
    }
  });
}
