/** The words of a notice, by its kind, and where it leads. */
import { has, translate, word } from "@/shared/i18n";
import { day, shortTime } from "@/shared/time/format";
import type { Notice } from "./queries";

/** Parameters that are codes: which catalogue words them. */
const CODED: Record<string, string> = {
  stage: "stage", level: "level", decision: "card_decision", part: "part", role: "duty_role",
};
/** Work and meetings name their kinds, steps and states by codes of their own. */
const OF_WORK: Record<string, string> = { kind: "work.kind", step: "work.step", state: "work.state" };
const OF_MEETINGS: Record<string, string> = { step: "meeting.step", state: "meeting.state" };
const MOMENTS = new Set(["due_at", "since"]);
const DAYS = new Set(["due_on", "day"]);

function said(name: string, value: unknown, kind: string): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  if (MOMENTS.has(name)) return shortTime(text);
  if (DAYS.has(name)) return day(text);
  const words = name === "kind" && kind.startsWith("oversight.order") ? "order_kind" : codesOf(kind)[name];
  return words && has(`${words}.${text}`) ? word(words, text) : text;
}

function codesOf(kind: string): Record<string, string> {
  if (kind.startsWith("ledger.")) return { state: "notice_export" };
  if (kind.startsWith("work.")) return OF_WORK;
  return kind.startsWith("meeting.") ? OF_MEETINGS : CODED;
}

export function noticeText(notice: Notice): string {
  const entries = Object.entries(notice.params ?? {}).map(([name, value]) => [name, said(name, value, notice.kind)]);
  const params = { ...Object.fromEntries(entries), number: notice.number } as Record<string, string>;
  const family = `notice.${notice.kind.split(".")[0]}.any`;
  const general = `notice.other.${notice.subject}`;
  const key = [`notice.${notice.kind}`, family, general].find(has) ?? "notice.other.any";
  return translate(key, params).trim();
}

export function noticeTarget(notice: Notice): string | null {
  const id = notice.subject_id;
  const params = notice.params ?? {};
  if (typeof params.card === "string") return `/oversight/cards?id=${params.card}`;
  switch (notice.subject) {
    case "case": return id ? `/cases/${id}` : null;
    case "order": return id ? `/oversight/orders?id=${id}` : null;
    case "duty": return "/oversight/duty";
    case "meeting": return id ? `/meetings/${id}` : null;
    case "work": return id ? `/work/${id}` : null;
    case "conduct": return id ? `/conduct/${id}` : null;
    case "ledger_export": return "/ledger/exports";
    case "question": return "/people";
    case "measure": case "release": return "/conduct/own";
    default: return null;
  }
}
