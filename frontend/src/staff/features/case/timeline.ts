/** Case events as rows of the timeline: heading, shape and the words that matter. */
import type { TimelineEntry } from "@/shared/api/types";
import { has, translate, word } from "@/shared/i18n";
import { shortTime } from "@/shared/time/format";
import type { IconName } from "@/shared/ui/icons";
import type { TimelineItem } from "@/shared/ui/Timeline.vue";
import { workHeading, workText } from "../work/timeline";
import { clockSaid } from "@/staff/features/time/said";

type Tone = NonNullable<TimelineItem["tone"]>;
const LOOKS: Record<string, [IconName, Tone]> = {
  registered: ["plus", "plain"], triage: ["search", "plain"], dispatch: ["send", "plain"], return: ["back", "yellow"],
  sign: ["sign", "plain"], contact: ["phone", "brand"], reply: ["reply", "brand"], review: ["check", "plain"],
  deliver: ["send", "brand"], refusal: ["shield", "yellow"], "refusal-approval": ["stamp", "plain"], callback: ["phone", "brand"],
  reopen: ["redo", "yellow"], close: ["tick", "done"], referrals: ["up", "brand"], referral_accepted: ["tick", "brand"],
  referral_progress: ["clock", "plain"], referral_returned: ["back", "yellow"], referral_answered: ["reply", "brand"], referral_closed: ["tick", "done"],
  yellow: ["triangle", "yellow"], card_yellow: ["triangle", "yellow"], red: ["octagon", "red"], card_red: ["octagon", "red"],
  pause: ["pause", "plain"], resume: ["clock", "brand"], extension: ["calendar", "yellow"], "extension-decision": ["stamp", "plain"],
  deadline_recomputed: ["calendar", "yellow"], designate: ["stamp", "red"], "assist-sign": ["sign", "plain"], "assist-reply": ["reply", "plain"], "hand-over": ["user", "plain"],
  "hand-over-answer": ["user", "brand"], succession: ["user", "yellow"], "report-up": ["up", "plain"], "report-up-answer": ["check", "brand"], explanation: ["book", "plain"],
  appeal: ["shield", "yellow"], "appeal-answer": ["stamp", "brand"], sender_closed: ["tick", "done"],
  undo: ["back", "plain"], citizen_answered: ["reply", "brand"],
  "oversight.urge": ["bell", "yellow"], "oversight.supervision": ["flag", "red"], "oversight.rectify": ["flag", "yellow"],
  "oversight.answer": ["reply", "brand"], "oversight.rejected": ["back", "yellow"], "oversight.closed": ["tick", "done"],
  "attachment.added": ["cases", "plain"], "attachment.withdrawn": ["minus", "plain"],
  "paper.issued": ["print", "plain"], "paper.void": ["close", "yellow"],
  reveal: ["eye", "plain"], referral_received: ["inbox", "brand"],
};

/** Codes inside an event's data that have words: which catalogue words them. */
const CODED: readonly [field: string, words: string][] = [
  ["cause", "cause"], ["decision", "decision"], ["reason_code", "return"], ["outcome", "outcome"], ["understood", "understood"],
];

const RESULTS: Record<string, string> = { callback: "callback_result", "assist-reply": "assist_result" };

/** What the other hall said under a letter; its steps and answer stand one level deeper. */
function said(data: Record<string, unknown>): Record<string, unknown> {
  return typeof data.said === "object" && data.said !== null ? (data.said as Record<string, unknown>) : {};
}

/** A step of the other hall: which one, and by which unit. */
export function stepSaid(data: Record<string, unknown>): string[] {
  const { step, unit } = data;
  const named = typeof step === "string" && has(`kind.${step}`) ? [word("kind", step)] : [];
  // The desk reviews; the unit that travels with it is the one it reviewed.
  return typeof unit === "string" && unit && step !== "review" ? [...named, unit] : named;
}

function heading(entry: TimelineEntry): string {
  const key = `kind.${entry.kind}`;
  return has(key) ? translate(key) : workHeading(entry.kind, entry.data ?? {}) ?? entry.kind;
}

function extras(data: Record<string, unknown>, kind: string): string[] {
  const found: string[] = [];
  for (const [field, words] of CODED) {
    const code = data[field] ?? said(data)[field];
    if (typeof code === "string" && has(`${words}.${code}`)) found.push(word(words, code));
  }
  const method = data.method;
  if (typeof method === "string") found.push(word(kind === "deliver" ? "deliver_method" : "contact_method", method));
  const result = data.result;
  if (typeof result === "string") found.push(word(RESULTS[kind] ?? "contact_result", result));
  if (typeof data.clause === "string") found.push(data.clause);
  if (typeof data.spoken_with === "string" && data.spoken_with) found.push(data.spoken_with);
  const unit = data.lead_unit;
  const name = typeof unit === "object" && unit !== null ? (unit as { name?: unknown }).name : data.lead_unit_name;
  if (typeof name === "string") found.push(name);
  found.push(...clockSaid(data, kind));
  if (kind.startsWith("paper.") && typeof data.number === "string") found.push(data.number);
  if (kind.startsWith("attachment.") && typeof data.kind === "string") found.push(data.kind.toUpperCase());
  const came = data.files ?? said(data).files;
  if (typeof came === "number" && came > 0) found.push(translate("case.files_came", { n: came }));
  if (kind === "undo" && typeof data.step === "string") found.push(word("kind", data.step));
  if (kind === "referral_progress") found.push(...stepSaid(said(data)));
  return found;
}

function textOf(entry: TimelineEntry): string {
  const asked = entry.kind.endsWith("-answer") && typeof entry.data.asked === "string" ? `“${entry.data.asked}”` : null;
  const parts = [asked, workText(entry.kind, entry.data ?? {}), entry.note, entry.data.next_step, entry.data.answer, entry.data.text, entry.data.explanation, plainReason(entry.data), said(entry.data).text];
  const words = [...new Set(parts.filter((part): part is string => typeof part === "string" && part !== ""))];
  return words.join("\n");
}

/** A reason in words; coded ones stand in the heading. */
function plainReason(data: Record<string, unknown>): unknown {
  return typeof data.reason === "string" && has(`pause_reason.${data.reason}`) ? undefined : data.reason;
}

/** Newest first. */
export function timelineItems(entries: readonly TimelineEntry[]): TimelineItem[] {
  return [...entries].sort((a, b) => b.seq - a.seq).map((entry) => {
    const [icon, tone] = LOOKS[entry.kind] ?? ["clock", "plain"];
    const more = extras(entry.data ?? {}, entry.kind);
    return {
      id: entry.id || String(entry.seq),
      time: shortTime(entry.at),
      title: [heading(entry), ...more].join(" · "),
      by: [entry.actor.unit, entry.actor.name].filter(Boolean).join(" · "),
      text: textOf(entry),
      icon,
      tone,
    };
  });
}
