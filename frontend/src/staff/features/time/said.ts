/** What a line of history says of the clock: reasons, days, dates before and after. */
import { has, word } from "@/shared/i18n";
import { day } from "@/shared/time/format";
import { t } from "@/staff/i18n";

type Data = Record<string, unknown>;
const text = (data: Data, name: string): string => (typeof data[name] === "string" ? (data[name] as string) : "");

interface Moved { stage: string; before: string; after: string; reason: string }

export function clockSaid(data: Data, kind: string): string[] {
  if (kind === "pause") return [word("pause_reason", text(data, "reason"))];
  if (kind === "resume") return resumed(data);
  if (kind === "extension") return [t("clock.days", { n: Number(data.days) })];
  if (kind === "extension-decision") return decided(data);
  if (kind === "deadline_recomputed" && Array.isArray(data.moved)) return (data.moved as Moved[]).map(moved);
  return [];
}

function resumed(data: Data): string[] {
  const said = [word("resume_how", text(data, "how")), t("clock.stood", { n: Number(data.days) })];
  return text(data, "due_on") ? [...said, t("clock.now_due", { day: day(text(data, "due_on")) })] : said;
}

function decided(data: Data): string[] {
  const said = has(`extension_decision.${text(data, "decision")}`) ? [word("extension_decision", text(data, "decision"))] : [];
  return text(data, "decision") === "approve" ? [...said, fromTo(text(data, "before"), text(data, "after"))] : said;
}

function moved(one: Moved): string {
  return `${word("stage", one.stage)} ${fromTo(one.before, one.after)}`;
}

export function fromTo(before: string, after: string): string {
  return before && after ? t("clock.from_to", { before: day(before), after: day(after) }) : "";
}
