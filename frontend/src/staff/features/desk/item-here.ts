/** What an item asks for and where it is done in this hall, for the slip to take home (C-62). */
import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

type Here = components["schemas"]["CatalogueItemHereOut"];

export function useItemHere(code: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["catalogue", "item", toValue(code)]),
    queryFn: ({ signal }) => api.get<Here>("catalogue/item", { code: toValue(code) }, signal),
    enabled: computed(() => toValue(code) !== ""),
    placeholderData: keepPreviousData,
  });
}

/** The lines of the slip that come from the item. */
export function told(item: Here["item"] | undefined): { slip_bring: string; slip_where: string } {
  return { slip_bring: item?.materials.map((one) => one.name).join("\u3001") ?? "", slip_where: item?.place ?? "" };
}
