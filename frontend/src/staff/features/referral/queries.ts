import { useInfiniteQuery, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { Page, Referral } from "@/shared/api/types";

export type Box = "in" | "out";

export function useReferrals(box: MaybeRefOrGetter<Box>, state: MaybeRefOrGetter<"open" | "all">) {
  return useInfiniteQuery({
    queryKey: computed(() => ["referrals", toValue(box), toValue(state)]),
    queryFn: ({ pageParam }) => api.get<Page<Referral>>("referrals", { box: toValue(box), state: toValue(state), limit: 50, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useReferral(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["referral", toValue(id)]),
    queryFn: () => api.get<Referral>(`referrals/${toValue(id)}`),
    enabled: computed(() => toValue(id) !== ""),
  });
}
