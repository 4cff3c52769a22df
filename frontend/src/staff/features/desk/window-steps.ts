/** Pressing a button at the own window: busy at once, confirmed by the server, never twice. */
import { useQueryClient } from "@tanstack/vue-query";
import { computed, ref } from "vue";
import { api } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { Ticket, Window } from "@/shared/api/types";
import { announceNow } from "@/shared/a11y/announcer";
import { toast } from "@/shared/ui/toasts";
import { t } from "@/staff/i18n";
import { useSession } from "@/staff/session";
import { useWindows } from "./queries";

export type Press = "open" | "pause" | "close" | "call-next" | "recall" | "start" | "finish" | "miss";

export function useMyWindow() {
  const session = useSession();
  const windows = useWindows();
  const queries = useQueryClient();
  const busy = ref<Press | null>(null);
  const problem = ref("");
  const intent = new Intent();

  const mine = computed<Window | null>(
    () => windows.data.value?.find((one) => one.clerk?.id === session.post?.id && one.state !== "closed") ?? null,
  );
  const ticket = computed<Ticket | null>(() => mine.value?.current_ticket ?? null);

  async function press(what: Press, windowId: string, body: Record<string, unknown> = {}): Promise<Ticket | null> {
    if (busy.value) return null;
    busy.value = what;
    problem.value = "";
    try {
      return await api.post<Ticket | null>(`windows/${windowId}/${what}`, body, { intent });
    } catch (error) {
      problem.value = errorText(error);
      return null;
    } finally {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["windows"] }),
        queries.invalidateQueries({ queryKey: ["tickets"] }),
      ]);
      busy.value = null;
    }
  }

  async function callNext(): Promise<void> {
    if (!mine.value) return;
    const called = await press("call-next", mine.value.id);
    if (called) toast(t("desk.called_toast", { number: called.number }));
    else if (!problem.value) announceNow(t("desk.none_waiting"));
    if (!called && !problem.value) toast(t("desk.none_waiting"));
  }

  async function act(what: "recall" | "start" | "finish" | "miss"): Promise<void> {
    const number = ticket.value?.number;
    if (!mine.value || !number) return;
    const done = await press(what, mine.value.id);
    if (!done) return;
    if (what === "recall") toast(t("desk.recalled_toast", { number }));
    if (what === "miss") toast(t("desk.missed_toast", { number }));
    if (what === "finish") toast(t("desk.finished_toast", { number }));
  }
  return { windows, mine, ticket, busy, problem, press, callNext, act };
}

export type MyWindow = ReturnType<typeof useMyWindow>;
