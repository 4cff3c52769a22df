import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

type Schemas = components["schemas"];
export type Routing = Schemas["RoutingOut"];
export type Candidate = Schemas["CandidateOut"];
export type Figures = Schemas["FiguresOut"];
export type Decider = Schemas["DeciderOut"];
const LONG = 5 * 60_000;

export function useRouting(id: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: computed(() => ["case", toValue(id), "routing"]),
    queryFn: () => api.get<Routing>(`cases/${toValue(id)}/routing`),
    enabled: computed(() => toValue(enabled)),
  });
}

export function useCandidates(id: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: computed(() => ["case", toValue(id), "candidates"]),
    queryFn: async () => (await api.get<{ results: Candidate[] }>(`cases/${toValue(id)}/candidates`)).results,
    enabled: computed(() => toValue(enabled)),
  });
}

export function useFigures(span: () => { from: string; to: string }) {
  return useQuery({
    queryKey: computed(() => ["intake", span()]),
    queryFn: () => api.get<Figures>("intake/figures", span()),
    enabled: computed(() => span().from <= span().to),
  });
}

export function useMatrix() {
  return useQuery({ queryKey: ["authority"], queryFn: async () => (await api.get<{ results: Decider[] }>("authority")).results, staleTime: LONG });
}
