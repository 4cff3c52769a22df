/** What the pages of work read, and how they begin and move it. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter, type Ref } from "vue";
import { api } from "@/shared/api/client";
import { ApiError } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { Page } from "@/shared/api/types";
import type { components } from "@/shared/api/schema";
import type { FormField } from "./fields";

type Schemas = components["schemas"];
export type WorkItem = Schemas["WorkItemOut"];
export interface KindForm { kind: string; may_begin: boolean; fields: FormField[]; steps: { step: string; fields: FormField[] }[] }
export type Near = Schemas["NearOut"];
export type Box = "inbox" | "history" | "filings";

export function useForms() {
  return useQuery({
    queryKey: ["work-forms"],
    queryFn: async () => (await api.get<{ results: KindForm[] }>("work/kinds")).results,
    staleTime: 30 * 60_000,
  });
}

/** Stands under ["case", id], so that whatever makes the case old makes its work old. */
export function useCaseWork(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["case", toValue(id), "work"]),
    queryFn: async ({ signal }) => (await api.get<{ results: WorkItem[] }>(`cases/${toValue(id)}/work`, {}, signal)).results,
  });
}

export function useBox(box: MaybeRefOrGetter<Box>) {
  return useInfiniteQuery({
    queryKey: computed(() => ["inbox", "work", toValue(box)]),
    queryFn: ({ pageParam, signal }) => {
      const page = { limit: 50, cursor: pageParam };
      if (toValue(box) === "filings") return api.get<Page<WorkItem>>("work/filings", page, signal);
      return api.get<Page<WorkItem>>("work/inbox", { ...page, state: toValue(box) === "history" ? "ended" : "open" }, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useWorkItem(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["inbox", "work", "item", toValue(id)]),
    queryFn: ({ signal }) => api.get<WorkItem>(`work/${toValue(id)}`, {}, signal),
    enabled: computed(() => toValue(id) !== ""),
  });
}

export function useNearby(area: MaybeRefOrGetter<string>, on: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["nearby", toValue(area), toValue(on)]),
    queryFn: async () => (await api.get<{ results: Near[] }>("work/nearby", { area: toValue(area), on: toValue(on) })).results,
    enabled: computed(() => toValue(area).trim() !== "" && toValue(on) !== ""),
  });
}

export function useSend() {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem: Ref<ApiError | null> = ref(null);
  const intent = new Intent();

  /** The answer, or null when it was refused; then `problem` says why. */
  async function send<T>(path: string, body: Record<string, unknown>, version?: number, draft?: string | null): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = null;
    try {
      return await api.post<T>(path, body, { intent, draft, ...(version === undefined ? {} : { version }) });
    } catch (error) {
      problem.value = error instanceof ApiError ? error : new ApiError(0, { code: "unexpected" });
      return null;
    } finally {
      busy.value = false;
      for (const key of ["case", "inbox", "cases", "meetings", "meeting"]) void queries.invalidateQueries({ queryKey: [key] });
    }
  }
  return { busy, problem, send };
}
