/** What the set-up pages read and write. */
import { useInfiniteQuery, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

type Schemas = components["schemas"];
export type Readiness = Schemas["ReadinessOut"];
export type Check = Schemas["ReadinessCheckOut"];
export type Item = Schemas["CatalogueItemOut"];
export type Items = Schemas["CatalogueItemsOut"];
export type Diff = Schemas["ConfigurationDiffOut"];
export type EntryChange = Schemas["EntryChangeOut"];
export type HallsAbove = Schemas["HallsAboveOut"];
export type Applied = Schemas["ConfigurationAppliedOut"];

export const ITEMS = ["setup", "items"];
export const READINESS = ["setup", "readiness"];

export function useReadiness() {
  return useQuery({ queryKey: READINESS, queryFn: ({ signal }) => api.get<Readiness>("setup/readiness", {}, signal) });
}

export function useHallsAbove() {
  return useQuery({ queryKey: ["setup", "above"], queryFn: ({ signal }) => api.get<HallsAbove>("setup/configuration/above", {}, signal) });
}

export interface ItemFilters { q: string; state: string }

export function useItems(filters: MaybeRefOrGetter<ItemFilters>) {
  return useInfiniteQuery({
    queryKey: computed(() => [...ITEMS, { ...toValue(filters) }]),
    queryFn: ({ pageParam, signal }) => api.get<Items>("setup/items", { ...toValue(filters), limit: 50, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
