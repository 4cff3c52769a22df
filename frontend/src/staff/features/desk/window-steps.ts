/** Pressing a button at the own window: busy at once, confirmed by the server, never twice. */
import { useQueryClient } from "@tanstack/vue-query";
import { computed, ref } from "vue";
import { api } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import { announceNow } from "@/shared/a11y/announcer";
import { toast } from "@/shared/ui/toasts";
import { t } from "@/staff/i18n";
import type { FullTicket, FullWindow } from "@/staff/queue-types";
import { useSession } from "@/staff/session";
import { useWindows } from "./queries";

export type Press =
  | "open" | "pause" | "close" | "call-next" | "call" | "recall" | "start" | "finish" | "miss" | "undo" | "park" | "resume" | "next-matter" | "walk-in";
export type TicketStep = "return" | "transfer" | "leave" | "tension";
type Body = Record<string, unknown>;

/** What is said after a step; the steps that change the card under one's eyes say nothing more. */
const SAID = {
  recall: "desk.recalled_toast", miss: "desk.missed_toast", finish: "desk.finished_toast", undo: "desk.undone_toast", park: "desk.parked_toast",
  transfer: "desk.transferred_toast", return: "desk.returned_toast", leave: "desk.left_toast",
} as const;
const OLD = ["windows", "tickets", "board"];

export function useMyWindow() {
  const session = useSession();
  const windows = useWindows();
  const queries = useQueryClient();
  const busy = ref<Press | TicketStep | null>(null);
  const problem = ref("");
  const intent = new Intent();

  const mine = computed<FullWindow | null>(
    () => (windows.data.value as FullWindow[] | undefined)?.find((one) => one.clerk?.id === session.post?.id && one.state !== "closed") ?? null,
  );
  const ticket = computed<FullTicket | null>(() => mine.value?.current_ticket ?? null);
  const parked = computed<FullTicket[]>(() => mine.value?.parked ?? []);

  async function send(what: Press | TicketStep, path: string, body: Body): Promise<{ done: boolean; ticket: FullTicket | null }> {
    if (busy.value) return { done: false, ticket: null };
    busy.value = what;
    problem.value = "";
    try {
      return { done: true, ticket: await api.post<FullTicket | null>(path, body, { intent }) };
    } catch (error) {
      problem.value = errorText(error);
      return { done: false, ticket: null };
    } finally {
      await Promise.all(OLD.map((key) => queries.invalidateQueries({ queryKey: [key] })));
      busy.value = null;
    }
  }
  async function press(what: Press, windowId: string, body: Body = {}): Promise<FullTicket | null> {
    return (await send(what, `windows/${windowId}/${what}`, body)).ticket;
  }

  async function callNext(): Promise<void> {
    if (!mine.value) return;
    const { done, ticket: called } = await send("call-next", `windows/${mine.value.id}/call-next`, {});
    if (called) toast(t("desk.called_toast", { number: called.number }));
    else if (done) {
      announceNow(t("desk.none_waiting"));
      toast(t("desk.none_waiting"));
    }
  }

  /** A step at the own window. */
  async function act(what: Press, body: Body = {}): Promise<boolean> {
    if (!mine.value) return false;
    const number = ticket.value?.number ?? "";
    const { done, ticket: after } = await send(what, `windows/${mine.value.id}/${what}`, body);
    if (done) say(what, after?.number ?? number);
    return done;
  }
  /** A step with a number, wherever it is. */
  async function move(what: TicketStep, one: FullTicket, body: Body = {}): Promise<boolean> {
    const { done } = await send(what, `tickets/${one.id}/${what}`, body);
    if (done) say(what, one.number);
    return done;
  }
  function say(what: string, number: string): void {
    if (what in SAID) toast(t(SAID[what as keyof typeof SAID], { number }));
    if (what === "call") toast(t("desk.called_toast", { number }));
  }
  return { windows, mine, ticket, parked, busy, problem, press, callNext, act, move };
}

export type MyWindow = ReturnType<typeof useMyWindow>;
