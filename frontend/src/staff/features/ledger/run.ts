/** One act on many cases: a few at a time, each done or refused for itself; it can be paused, and goes on where it was. */
import { useQueryClient } from "@tanstack/vue-query";
import { computed, onBeforeUnmount, ref } from "vue";
import { api } from "@/shared/api/client";
import { ApiError, errorText, NetworkError } from "@/shared/api/errors";
import { Intent, newKey } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";
import type { Selected } from "./queries";

type Done = components["schemas"]["DoneOut"];
export interface Act { act: string; text: string; to_post: string | null }
const CHUNK = 20;

/** The whole run is one intent: what was done answers as before when it is sent again. */
class OneIntent extends Intent {
  private readonly whole = newKey();
  override keyFor(): string {
    return this.whole;
  }
  override done(): void {
    // The key lasts as long as the run.
  }
}

export function useRun() {
  const queries = useQueryClient();
  const cases = ref<Selected[]>([]);
  const answers = ref(new Map<string, Done>());
  const running = ref(false);
  const problem = ref("");
  const broken = ref(false);
  let act: Act = { act: "", text: "", to_post: null };
  let intent = new OneIntent();

  const waiting = computed(() => cases.value.filter((one) => !answers.value.has(one.id)));
  const refused = computed(() => cases.value.filter((one) => answers.value.get(one.id)?.result === "refused"));
  const begun = computed(() => cases.value.length > 0);
  const over = computed(() => begun.value && waiting.value.length === 0);
  const why = (id: string): string => {
    const answer = answers.value.get(id);
    return answer ? errorText(new ApiError(409, { code: answer.code ?? "", params: answer.params })) : "";
  };

  function begin(wanted: readonly Selected[], what: Act): void {
    cases.value = [...wanted];
    answers.value = new Map();
    act = what;
    intent = new OneIntent();
    void goOn();
  }
  async function goOn(): Promise<void> {
    if (running.value) return;
    [running.value, problem.value, broken.value] = [true, "", false];
    while (running.value && waiting.value.length > 0) await chunk(waiting.value.slice(0, CHUNK));
    running.value = false;
    for (const key of ["ledger", "cases", "case", "board", "oversight"]) void queries.invalidateQueries({ queryKey: [key] });
  }
  async function chunk(some: readonly Selected[]): Promise<void> {
    try {
      const body = { ...act, cases: some.map((one) => ({ case: one.id, version: one.version })) };
      const { results } = await api.post<{ results: Done[] }>("ledger/bulk", body, { intent });
      answers.value = new Map([...answers.value, ...results.map((one) => [one.case, one] as const)]);
    } catch (error) {
      running.value = false;
      broken.value = error instanceof NetworkError;
      problem.value = broken.value ? "" : errorText(error);
    }
  }
  const pause = (): void => void (running.value = false);
  const forget = (): void => {
    pause();
    cases.value = [];
  };
  onBeforeUnmount(pause);
  return { cases, answers, running, problem, broken, waiting, refused, begun, over, why, begin, goOn, pause, forget };
}
