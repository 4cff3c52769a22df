/** One's own notices: the newest for the bell, all of them for the page, and marking them read. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import { Intent } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";

export type Notice = components["schemas"]["NoticeOut"];
export type NoticesPage = components["schemas"]["NoticesOut"];
const SHOWN = 8;

export function useBell(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ["notices", "bell"],
    queryFn: () => api.get<NoticesPage>("notices", { limit: SHOWN }),
    enabled: computed(() => toValue(enabled)),
    refetchInterval: 5 * 60_000,
  });
}

export function useNotices() {
  return useInfiniteQuery({
    queryKey: ["notices", "all"],
    queryFn: ({ pageParam }) => api.get<NoticesPage>("notices", { limit: 30, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useReading() {
  const queries = useQueryClient();
  const intent = new Intent();
  return async (ids: readonly string[] | "all"): Promise<void> => {
    if (ids !== "all" && ids.length === 0) return;
    await api.post("notices/read", ids === "all" ? { all: true } : { ids }, { intent });
    await queries.invalidateQueries({ queryKey: ["notices"] });
  };
}
