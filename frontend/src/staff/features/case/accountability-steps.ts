/** The steps of accountability as data: arbiter, assisting units, hand-over, report-up, explaining, examining again. */
import type { CaseDetail, Step } from "@/shared/api/types";
import type { Field, StepForm, Values } from "./steps";

export const TOOLS = [
  "deferred_material", "commitment", "agent", "home_visit", "data_check", "cross_check", "joint_handling", "remote_check",
  "record_correction", "alternative_evidence",
] as const;
const KNOWLEDGE = ["no", "in", "merge"] as const;
export const ACTS = ["not_permitted", "not_accepted", "no_action", "other"] as const;

type Ends = "done" | "done_alt" | "partly" | "transferred_closed";
const ends = (...outcomes: Ends[]) => (values: Values): boolean => outcomes.some((one) => one === values.outcome);
const said = (about: CaseDetail): CaseDetail["accountability"]["closing"] => about.accountability.closing;

/** What the closing checklist asks for and nobody has said yet (§2.7); `always` when the form only closes. */
export function closingFields(always: boolean): Field[] {
  const closes = (values: Values): boolean => always || (typeof values.outcome === "string" && values.outcome !== "");
  return [
    { name: "file.proof", label: "field.proof", kind: "line", required: true, when: (values, about) => ends("done", "done_alt")(values) && !said(about).proof },
    { name: "file.tools", label: "field.tools", kind: "multi", codes: TOOLS, words: "tool", required: true, when: (values, about) => ends("done_alt")(values) && said(about).tools.length === 0 },
    { name: "file.received", label: "field.received", kind: "line", required: true, when: (values, about) => ends("partly", "transferred_closed")(values) && !said(about).received },
    // What it was worth (C-10): with the number of the paper above, two figures and a word.
    { name: "file.amount", label: "field.amount", kind: "number", when: ends("done", "done_alt", "partly") },
    { name: "file.saved_days", label: "field.saved_days", kind: "number", when: ends("done", "done_alt", "partly") },
    { name: "file.value", label: "field.value", kind: "line", when: ends("done", "done_alt", "partly") },
    { name: "file.knowledge", label: "field.knowledge", kind: "choice", codes: KNOWLEDGE, words: "knowledge", required: true, start: "no", when: (values, about) => closes(values) && !said(about).knowledge },
  ];
}

/** What a department says at once, so that it is not asked again when the case is closed. */
export const REPLY_FIELDS: Field[] = [
  { name: "proof", label: "field.proof", kind: "line", when: (values) => ends("done", "done_alt")(values) },
  { name: "tools", label: "field.tools", kind: "multi", codes: TOOLS, words: "tool", when: (values) => ends("done_alt")(values) },
];

/** Beside basis and explanation: whose act it is, and who handled it (否定报备, §2.6). */
export const REFUSAL_FIELDS: Field[] = [
  { name: "act", label: "field.act", kind: "select", codes: ACTS, words: "act" },
  { name: "organ", label: "field.organ", kind: "line" },
  { name: "handler", label: "field.handler", kind: "line" },
  { name: "handler_title", label: "field.handler_title", kind: "line" },
];

const decision = (...codes: string[]): Field => ({ name: "decision", label: "field.decision", kind: "choice", codes, words: "decision", required: true });
const text = (name: string, label: Field["label"]): Field => ({ name, label, kind: "area", required: true });

type Accountable = Extract<Step, "designate" | "assist-sign" | "assist-reply" | "hand-over" | "hand-over-answer" | "report-up" | "report-up-answer" | "explanation" | "appeal" | "appeal-answer">;
export const ACCOUNTABILITY_FORMS: Record<Accountable, StepForm> = {
  designate: { step: "designate", hint: "step_hint.designate", fields: [
    { name: "lead_unit", label: "field.lead_unit", kind: "select", source: "units", required: true },
    { name: "assist_units", label: "field.assist_units", kind: "multi", source: "units" },
    text("note", "field.note"),
  ] },
  "assist-sign": { step: "assist-sign", direct: true, fields: [] },
  "assist-reply": { step: "assist-reply", fields: [
    { name: "result", label: "field.result", kind: "choice", codes: ["agreed", "partly", "cannot", "not_ours"], words: "assist_result", required: true },
    text("text", "field.assist_text"),
  ] },
  "hand-over": { step: "hand-over", hint: "step_hint.hand_over", fields: [
    { name: "to_post", label: "field.to_post", kind: "select", source: "desk_posts", required: true },
    text("reason", "field.hand_over_reason"),
  ] },
  "hand-over-answer": { step: "hand-over-answer", hint: "step_hint.hand_over_answer", fields: [
    decision("accept", "decline"),
    { name: "note", label: "field.note", kind: "area", required: (values) => values.decision === "decline" },
  ] },
  "report-up": { step: "report-up", hint: "step_hint.report_up", fields: [
    { name: "to_post", label: "field.leader", kind: "select", source: "leaders", required: true },
    text("question", "field.question"),
    { name: "wanted_by", label: "field.wanted_by", kind: "date" },
  ] },
  "report-up-answer": { step: "report-up-answer", fields: [decision("agree", "disagree", "instruct"), text("note", "field.note")] },
  explanation: { step: "explanation", hint: "step_hint.explanation", fields: [
    { name: "legal_basis", label: "field.clause_shown", kind: "select", source: "bases", required: true },
    text("words", "field.plain_words"),
    { name: "understood", label: "field.understood", kind: "choice", codes: ["yes", "partly", "no"], words: "understood", required: true },
  ] },
  appeal: { step: "appeal", hint: "step_hint.appeal", fields: [text("grounds", "field.grounds")] },
  "appeal-answer": { step: "appeal-answer", hint: "step_hint.appeal_answer", fields: [decision("uphold", "change"), text("note", "field.appeal_note")] },
};
