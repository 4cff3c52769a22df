/** What two people filled in at once, side by side: as it was, theirs, mine (frontend.md §4). */
import type { CaseDetail, Step } from "@/shared/api/types";
import type { Field, StepForm, Values } from "./steps";
import type { Changes } from "./take-step";

export type Choice = "mine" | "theirs" | "both";
type Value = Values[string];
export interface MergeRow { field: Field; base: Value; theirs: Value; mine: Value; choice: Choice; both: boolean }

const TRIAGE = new Set(["should_do", "can_do", "cause", "blocking_reason", "difficulty"]);
const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

/** The case's own value of a form's field, where it has one. */
function current(step: Step, name: string, about: CaseDetail): Value | undefined {
  if (step === "triage" || step === "cause-change") {
    if (TRIAGE.has(name)) return text(about.triage?.[name as keyof NonNullable<CaseDetail["triage"]>]);
    if (step === "triage" && name === "note") return text(about.triage?.note);
    if (name === "blocked_stage") return text(about.blocked_stage);
  }
  if (step === "dispatch" || step === "designate") {
    if (name === "lead_unit") return text(about.lead_unit?.id);
    if (name === "assist_units") return about.assist_units.map((unit) => text(unit.id));
  }
  if (step === "reply" && name === "answer") return text(about.reply?.answer);
  if (step === "deliver" && name === "text") return text(about.answer);
  if ((step === "close" || step === "callback") && name === "outcome") return text(about.outcome);
  return undefined;
}

const same = (one: Value, two: Value): boolean => JSON.stringify(one) === JSON.stringify(two);

/** Their words of the same step, which the case keeps in its history only. */
function said(step: Step, name: string, changes: Changes): string {
  if (name !== "note" && name !== "reason") return "";
  return changes.entries.filter((entry) => entry.kind === step && entry.note).map((entry) => entry.note).join("\n");
}

/** The fields in which what the others did and what I filled in differ. Texts: both, unless I choose. */
export function mergeRows(form: StepForm, mine: Values, before: CaseDetail, after: CaseDetail, changes: Changes): MergeRow[] {
  return form.fields.flatMap((field): MergeRow[] => {
    const own = mine[field.name] ?? "";
    const base = current(form.step, field.name, before) ?? "";
    const theirs = said(form.step, field.name, changes) || (current(form.step, field.name, after) ?? base);
    if (same(theirs, base) || same(theirs, own)) return [];
    const both = field.kind === "area" && text(theirs) !== "" && text(own) !== "";
    return [{ field, base, theirs, mine: own, both, choice: both ? "both" : same(own, base) || text(own) === "" ? "theirs" : "mine" }];
  });
}

/** My form with what was chosen. */
export function merged(mine: Values, rows: readonly MergeRow[]): Values {
  const chosen = rows.map((row): [string, Value] => {
    if (row.choice === "both") return [row.field.name, `${text(row.theirs)}\n${text(row.mine)}`];
    return [row.field.name, row.choice === "mine" ? row.mine : row.theirs];
  });
  return { ...mine, ...Object.fromEntries(chosen) };
}

/** Everything somebody wrote in words, for a note where the step itself is not possible any more. */
export function wordsOf(form: StepForm, values: Values): string {
  return form.fields
    .filter((field) => field.kind === "area" || field.kind === "line")
    .map((field) => text(values[field.name]).trim()).filter(Boolean).join("\n");
}
