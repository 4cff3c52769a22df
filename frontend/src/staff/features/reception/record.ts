/** One record of the reception is sent once, however often the button is pressed. */
import { useQueryClient } from "@tanstack/vue-query";
import { ref } from "vue";
import { api } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { Guidance, GuidanceKind } from "@/staff/queue-types";

export type Direction = "queue" | "guidance" | "desk" | "elsewhere";
export type Result = "ready" | "incomplete" | "not_here" | "to_desk";
export type Category = "complaint" | "suggestion" | "praise" | "fault";

export interface RecordIn {
  kind: GuidanceKind; matter: string; ticket?: string; queue?: string; item_code?: string; phone?: string; direction?: Direction; result?: Result;
  checklist?: { text: string; ok: boolean }[]; category?: Category; note?: string; room?: string; second_officer?: string;
}

/** Empty fields are left out: nothing is recorded that nobody said. */
export function tidy(record: RecordIn): RecordIn {
  const kept = Object.entries(record).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value !== "" && value !== undefined));
  return Object.fromEntries(kept) as unknown as RecordIn;
}

export function useRecord() {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem = ref("");
  const intent = new Intent();

  async function record(wanted: RecordIn): Promise<Guidance | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = "";
    try {
      return await api.post<Guidance>("guidance", tidy(wanted), { intent });
    } catch (error) {
      problem.value = errorText(error);
      return null;
    } finally {
      busy.value = false;
      await queries.invalidateQueries({ queryKey: ["guidance"] });
      await queries.invalidateQueries({ queryKey: ["tickets"] });
    }
  }
  return { busy, problem, record };
}
