/** The shift lead's live board, the load of a day, and answers to what it suggests. */
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { ref, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { IsoDay } from "@/shared/api/types";
import { pace } from "@/staff/pace";
import type { Band, BoardLive, Quarter } from "@/staff/queue-types";

const CALM_MS = 1_000;
const AT_LEAST_MS = 30_000;

export function useBoardLive() {
  const calm = pace(CALM_MS);
  return useQuery({
    queryKey: ["board", "live"],
    queryFn: async ({ signal }) => {
      await calm();
      return api.get<BoardLive>("board/live", {}, signal);
    },
    refetchInterval: AT_LEAST_MS,
  });
}

/** Under a key of its own: a quarter-hour does not change with every press of a button. */
export function useLoad(day: MaybeRefOrGetter<IsoDay>) {
  return useQuery({
    queryKey: ["load", () => toValue(day)],
    queryFn: async () => (await api.get<{ quarters: Quarter[] }>("board/load", { day: toValue(day) })).quarters,
    refetchInterval: 60_000,
  });
}

/** Full bar = the busiest quarter of the day; a hall without anybody has no bars. */
export function heights(quarters: readonly Quarter[], of: (quarter: Quarter) => number): number[] {
  const most = Math.max(0, ...quarters.map(of));
  return quarters.map((quarter) => (most === 0 ? 0 : Math.round((of(quarter) / most) * 100)));
}

/** Only the part of the day in which anything happened, with a quarter before and after. */
export function awake(quarters: readonly Quarter[]): Quarter[] {
  const busy = quarters.map((one) => one.issued + one.called + one.waiting + one.open_windows > 0);
  const first = busy.indexOf(true);
  if (first < 0) return [];
  return quarters.slice(Math.max(0, first - 1), busy.lastIndexOf(true) + 2);
}

/** A band is a word and a shape before it is a colour. */
export const BAND_MARK: Record<Band, string> = { smooth: "○", normal: "◔", crowded: "◑", saturated: "●", unknown: "–" };

export function useSignals() {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem = ref("");
  const intent = new Intent();

  const send = async (path: string, body: object): Promise<boolean> => (await take(path, body)) !== null;

  /** The answer, or null when it was refused. */
  async function take<T>(path: string, body: object): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = "";
    try {
      return await api.post<T>(path, body, { intent });
    } catch (error) {
      problem.value = errorText(error);
      return null;
    } finally {
      busy.value = false;
      await Promise.all(["board", "alarms", "windows", "tickets"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    }
  }
  return { busy, problem, send, take };
}
