/** What the meeting pages read. */
import { useInfiniteQuery, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import type { Page } from "@/shared/api/types";

type Schemas = components["schemas"];
export type Meeting = Schemas["MeetingOut"];
export type MeetingSummary = Schemas["MeetingSummaryOut"];
export type Effect = Schemas["EffectOut"];

export function useMeetings(filter: MaybeRefOrGetter<{ case?: string; state?: string }>, enabled: MaybeRefOrGetter<boolean> = true) {
  return useInfiniteQuery({
    queryKey: computed(() => ["meetings", toValue(filter)]),
    queryFn: ({ pageParam, signal }) => api.get<Page<MeetingSummary>>("meetings", { ...toValue(filter), limit: 50, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: computed(() => toValue(enabled)),
  });
}

export function useMeeting(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["meeting", toValue(id)]),
    queryFn: ({ signal }) => api.get<Meeting>(`meetings/${toValue(id)}`, {}, signal),
  });
}

export function useEffectOfMeetings() {
  return useQuery({ queryKey: ["meetings", "effect"], queryFn: () => api.get<Effect>("meetings/effect") });
}
