/** What can be done with a case beside its steps: sent with the version that was read, kept as one intent. */
import { useQueryClient } from "@tanstack/vue-query";
import { ref } from "vue";
import { api } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { CaseDetail } from "@/shared/api/types";
import { t } from "@/staff/i18n";
import { notify } from "@/staff/notices";

export type IntakeStep = "merge" | "unmerge" | "link" | "unlink" | "one-time-notice";

export function useIntake(about: () => CaseDetail) {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem = ref("");
  const intent = new Intent();

  /** True when the server has done it. */
  async function send(step: IntakeStep, body: Record<string, unknown>): Promise<boolean> {
    if (busy.value) return false;
    const before = about();
    busy.value = true;
    problem.value = "";
    try {
      const answer = await api.post<CaseDetail>(`cases/${before.id}/${step}`, body, { intent, version: before.version });
      queries.setQueryData(["case", before.id], answer);
      for (const key of ["cases", "inbox", "board"]) void queries.invalidateQueries({ queryKey: [key] });
      notify(`${before.number} ${t("intake.saved")}`, { to: `/cases/${before.id}` });
      return true;
    } catch (error) {
      problem.value = errorText(error);
      void queries.invalidateQueries({ queryKey: ["case", before.id] });
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, send };
}
