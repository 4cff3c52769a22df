/** Who was tested for what, and the windows where it is missing (C-67). */
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { IsoDay, QueueRef, Uuid } from "@/shared/api/types";
import type { WindowRef } from "@/staff/queue-types";

export interface Skill {
  id: Uuid; post: Uuid; name: string; queue: QueueRef | null; item_code: string; tested_on: IsoDay; passed: boolean; score: string; record: string; version: number;
}
export interface SkillGap { window: WindowRef; clerk: { id: Uuid; name: string }; queues: QueueRef[] }
export interface Skills { results: Skill[]; gaps: SkillGap[] }

/** `seat` is what the answer depends on besides the records: who sits at which window. */
export function useSkills(seat: MaybeRefOrGetter<string> = "", enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: computed(() => ["skills", toValue(seat)]),
    queryFn: () => api.get<Skills>("skills"),
    enabled: computed(() => toValue(enabled)),
    staleTime: 60_000,
  });
}
