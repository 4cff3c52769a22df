/** Lines and windows as the hall sets them up. */
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { ref } from "vue";
import { api } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { Page, Uuid } from "@/shared/api/types";

export interface QueueSetup {
  id: Uuid; prefix: string; name: string; group: string; position: number; active: boolean; item_codes: string[]; kiosk: boolean;
  contingent: number | null; carry_over: boolean; slot_capacity: number; lunch_shift: number; hours: string[][]; version: number;
}

export function useQueueSetup() {
  return useQuery({ queryKey: ["queues", "setup"], queryFn: async () => (await api.get<Page<QueueSetup>>("queues/setup")).results });
}

/** “08:30-12:00 13:30-17:00” as typed → pairs; null when it cannot be read. */
export function hoursOf(text: string): string[][] | null {
  const parts = text.split(/[\s,;\uff0c\uff1b\u3001]+/).filter(Boolean);
  const pairs = parts.map((part) => part.split(/[-\u2013~\uff5e]/));
  const time = /^([01]\d|2[0-4]):[0-5]\d$/;
  return pairs.every((pair) => pair.length === 2 && pair.every((one) => time.test(one)) && pair[0]! < pair[1]!) ? pairs : null;
}
/** A span to midnight is told as ending at 00:00 of the next day. */
export const hoursText = (hours: readonly (readonly string[])[]): string =>
  hours.map(([from, to]) => `${from}-${to === "00:00" ? "24:00" : to}`).join(" ");

export function useSetup() {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem = ref("");
  const intent = new Intent();

  async function send(path: string, body: object, version?: number): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    problem.value = "";
    try {
      await api.post(path, body, { intent, version });
      return true;
    } catch (error) {
      problem.value = errorText(error);
      return false;
    } finally {
      busy.value = false;
      await Promise.all(["queues", "windows", "board"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    }
  }
  return { busy, problem, send };
}
