/** Sending one step: If-Match of the version that was read, one key per intent, and what came of it. */
import { useQueryClient } from "@tanstack/vue-query";
import { ref, type Ref } from "vue";
import { useRouter } from "vue-router";
import { api } from "@/shared/api/client";
import { ApiError } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { CaseDetail, Step, TimelineEntry } from "@/shared/api/types";
import { translate, word } from "@/shared/i18n";
import { notify } from "@/staff/notices";
import { offerUndo, showCase } from "./undo";
import { forget } from "@/staff/recent";

/** The draft that the step sends, and what to do when the step is taken back. */
export interface Taking { draft?: string | null; undone?: () => void }
export interface Changes { from: string; to: string; entries: TimelineEntry[] }

/** What is different between the case as it was read and as it is now. */
export function changesBetween(before: CaseDetail, after: CaseDetail): Changes {
  const newest = before.timeline.reduce((top, entry) => Math.max(top, entry.seq), 0);
  return { from: before.state, to: after.state, entries: after.timeline.filter((entry) => entry.seq > newest) };
}

export function useTakeStep(about: () => CaseDetail) {
  const queries = useQueryClient();
  const router = useRouter();
  const busy = ref(false);
  const problem: Ref<ApiError | null> = ref(null);
  const changes: Ref<Changes | null> = ref(null);
  const intent = new Intent();

  async function refresh(before: CaseDetail): Promise<void> {
    const now = await api.get<CaseDetail>(`cases/${before.id}`);
    changes.value = changesBetween(before, now);
    queries.setQueryData(["case", before.id], now);
  }

  /** Nothing came back: the case is a sealed file now, and to its clerk it is gone. */
  function leave(before: CaseDetail): void {
    queries.removeQueries({ queryKey: ["case", before.id] });
    forget(before.id);
    for (const key of ["cases", "inbox", "board"]) void queries.invalidateQueries({ queryKey: [key] });
    notify(translate("conduct.now_sealed", { number: before.number }));
    void router.push("/cases");
  }

  function settle(before: CaseDetail, step: Step, answer: CaseDetail | null, undone: () => void): void {
    if (answer === undefined || answer === null) return leave(before);
    showCase(queries, step === "referrals" ? before : answer);
    if (step === "referrals") void queries.invalidateQueries({ queryKey: ["case", before.id] });
    const back = step !== "referrals" && Boolean(answer.undo_until);
    notify(`${before.number} ${word("done_step", step)}`, { to: `/cases/${before.id}`, quiet: back });
    if (back) offerUndo(queries, answer, step, undone);
  }

  /** True when the server has taken the step. */
  async function take(step: Step, body: Record<string, unknown>, { draft, undone = () => undefined }: Taking = {}): Promise<boolean> {
    if (busy.value) return false;
    const before = about();
    busy.value = true;
    problem.value = null;
    try {
      const answer = await api.post<CaseDetail | null>(`cases/${before.id}/${step}`, body, { intent, version: before.version, draft });
      settle(before, step, answer, undone);
      changes.value = null;
      return true;
    } catch (error) {
      problem.value = error instanceof ApiError ? error : new ApiError(0, { code: "unexpected" });
      if (problem.value.isStale || problem.value.status === 409) await refresh(before).catch(() => undefined);
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, changes, take };
}
