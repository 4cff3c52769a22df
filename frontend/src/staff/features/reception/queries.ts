/** What greeters and guides have written down today, and the day's appointments. */
import { useQuery } from "@tanstack/vue-query";
import { toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { IsoDay, Page } from "@/shared/api/types";
import type { Appointment, Guidance, GuidanceKind } from "@/staff/queue-types";

export function useGuidance(kind: MaybeRefOrGetter<GuidanceKind>, day: MaybeRefOrGetter<IsoDay>) {
  return useQuery({
    queryKey: ["guidance", () => toValue(kind), () => toValue(day)],
    queryFn: async () => (await api.get<Page<Guidance>>("guidance", { kind: toValue(kind), day: toValue(day) })).results,
  });
}

export function useAppointments(day: MaybeRefOrGetter<IsoDay>) {
  return useQuery({
    queryKey: ["appointments", () => toValue(day)],
    queryFn: async () => (await api.get<Page<Appointment>>("appointments", { day: toValue(day) })).results,
    refetchInterval: 60_000,
  });
}
