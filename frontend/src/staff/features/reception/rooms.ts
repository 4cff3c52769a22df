/** The quiet and the mediation room today: what can be booked, what is booked (C-88). */
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api } from "@/shared/api/client";
import type { Iso, Uuid } from "@/shared/api/types";
import { serverNow } from "@/shared/time/clock";
import { isoDay } from "@/shared/time/format";

export interface Booking { id: Uuid; room: string; start: Iso; end: Iso; officer: string; second: string; note: string; version: number }
interface Rooms { rooms: string[]; starts: Iso[]; results: Booking[] }

export function useRooms(wanted: () => boolean = () => true) {
  const today = computed(() => isoDay(serverNow()));
  return useQuery({
    queryKey: computed(() => ["rooms", today.value]),
    queryFn: () => api.get<Rooms>("rooms", { day: today.value }),
    refetchInterval: 60_000,
    enabled: computed(wanted),
  });
}
