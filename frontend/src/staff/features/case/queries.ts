/** What the case pages read. Keys are prefixes that live events make old (shared/live/patch.ts). */
import { useInfiniteQuery, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { CaseFilters } from "./filters";
import type { CaseDetail, CaseSummary, Catalogue, Checklist, Department, Explanation, Page, Post } from "@/shared/api/types";

const LONG = 30 * 60_000;

/** Some lists come paged, some plain; the caller only wants the rows. */
async function rows<T>(path: string): Promise<T[]> {
  const answer = await api.get<Page<T> | T[]>(path, { limit: 200 });
  return Array.isArray(answer) ? answer : answer.results;
}

export function useCase(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["case", toValue(id)]),
    queryFn: ({ signal }) => api.get<CaseDetail>(`cases/${toValue(id)}`, {}, signal),
    enabled: computed(() => toValue(id) !== ""),
  });
}

export function useCases(filters: MaybeRefOrGetter<CaseFilters>, limit = 30) {
  return useInfiniteQuery({
    queryKey: computed(() => ["cases", { ...toValue(filters), limit }]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CaseSummary>>("cases", { ...toValue(filters), limit, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useCatalogue() {
  return useQuery({ queryKey: ["catalogue"], queryFn: () => api.get<Catalogue>("catalogue"), staleTime: LONG });
}

export function useDepartments() {
  return useQuery({ queryKey: ["departments"], queryFn: () => rows<Department>("departments"), staleTime: LONG });
}

export function useStaff(enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({ queryKey: ["staff"], queryFn: () => rows<Post>("staff"), staleTime: LONG, enabled: computed(() => toValue(enabled)) });
}

/** What is there and what is missing before the case can be closed, for one outcome or the one its way suggests. */
export function useChecklist(about: MaybeRefOrGetter<CaseDetail>, outcome: MaybeRefOrGetter<string> = "") {
  return useQuery({
    queryKey: computed(() => ["case", toValue(about).id, "checklist", toValue(about).version, toValue(outcome)]),
    queryFn: () => api.get<Checklist>(`cases/${toValue(about).id}/closing-checklist`, toValue(outcome) ? { outcome: toValue(outcome) } : {}),
  });
}

export function useExplanation(id: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => ["explanation", toValue(id)]),
    queryFn: () => api.get<Explanation>(`deadlines/${toValue(id)}/explanation`),
    enabled: computed(() => toValue(id) !== null),
  });
}
