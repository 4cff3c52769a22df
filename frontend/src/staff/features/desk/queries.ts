import { useQuery } from "@tanstack/vue-query";
import { api } from "@/shared/api/client";
import type { Page, QueueRef, Ticket, Window } from "@/shared/api/types";

const BACKUP_MS = 60_000;

export function useWindows() {
  return useQuery({
    queryKey: ["windows"],
    queryFn: async () => (await api.get<Page<Window>>("windows")).results,
    // The live connection refreshes this; the timer is for the day it silently cannot.
    refetchInterval: BACKUP_MS,
  });
}

export function useWaiting() {
  return useQuery({
    queryKey: ["tickets", "waiting"],
    queryFn: async () => (await api.get<Page<Ticket>>("tickets", { state: "waiting", limit: 100 })).results,
    refetchInterval: BACKUP_MS,
  });
}

export function useQueues() {
  return useQuery({ queryKey: ["queues"], queryFn: async () => (await api.get<Page<QueueRef>>("queues")).results, staleTime: 30 * 60_000 });
}
