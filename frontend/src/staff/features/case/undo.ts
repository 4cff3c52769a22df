/** Ten seconds to take a dispatch or an end back: the server decides, a toast counts (frontend.md §4). */
import type { QueryClient } from "@tanstack/vue-query";
import { api } from "@/shared/api/client";
import { ApiError, errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { CaseDetail, Step } from "@/shared/api/types";
import { word } from "@/shared/i18n";
import { toast } from "@/shared/ui/toasts";
import { COMMANDS } from "@/staff/commands";
import { t } from "@/staff/i18n";
import { notify } from "@/staff/notices";

const LISTS = ["cases", "inbox", "board", "referrals"] as const;

/** What changed: the case itself, and every list that it stands in. */
export function showCase(queries: QueryClient, about: CaseDetail): void {
  queries.setQueryData(["case", about.id], about);
  for (const key of LISTS) void queries.invalidateQueries({ queryKey: [key] });
}

/** `undone` puts back what was typed. */
export function offerUndo(queries: QueryClient, done: CaseDetail, step: Step, undone: () => void): void {
  if (!done.undo_until) return;
  const intent = new Intent();
  async function run(): Promise<void> {
    try {
      showCase(queries, await api.post<CaseDetail>(`cases/${done.id}/undo`, {}, { intent, version: done.version }));
      undone();
      notify(t("undo.done", { number: done.number, step: word("step", step) }), { to: `/cases/${done.id}` });
    } catch (error) {
      void queries.invalidateQueries({ queryKey: ["case", done.id] });
      const late = error instanceof ApiError && (error.isStale || error.code === "cases.step_not_allowed");
      toast(late ? t("undo.late") : errorText(error), { tone: "warn" });
    }
  }
  const action = { label: t("undo.do"), run: () => void run(), until: Date.parse(done.undo_until), keys: COMMANDS.undo.keys.replace("+", " ") };
  toast(`${done.number} ${word("done_step", step)}`, { action });
}
