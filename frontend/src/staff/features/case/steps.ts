/** Every step of a case as data: its fields, who fills them from what, and how they travel. */
import type { CaseDetail, Role, Step } from "@/shared/api/types";
import { TIME_FORMS } from "@/staff/features/time/steps";
import type { StaffKey } from "@/staff/i18n";
import { ACCOUNTABILITY_FORMS, closingFields, REFUSAL_FIELDS, REPLY_FIELDS } from "./accountability-steps";

export type Values = Record<string, string | string[] | boolean>;
export type Source = "units" | "approvers" | "bases" | "blocking" | "returns" | "desk_posts" | "leaders" | "everybody";
export interface Field {
  /** Where the value goes in the body; dots nest (`remedy.review_body`). */
  name: string;
  label: StaffKey;
  kind: "choice" | "select" | "multi" | "line" | "area" | "check" | "date" | "number";
  source?: Source;
  /** Fixed codes, worded by `${words}.${code}`. */
  codes?: readonly string[];
  words?: string;
  required?: boolean | ((values: Values) => boolean);
  when?: (values: Values, about: CaseDetail) => boolean;
  number?: boolean;
  /** What stands there before anybody has chosen. */
  start?: string;
}
export interface StepForm { step: Step; fields: readonly Field[]; hint?: StaffKey; direct?: boolean }

const OUTCOMES = ["done", "done_alt", "partly", "explained"] as const;
const ALL_OUTCOMES = [...OUTCOMES, "transferred_closed", "withdrawn", "unreachable", "unresolved", "merged"] as const;
const DELIVERY = ["spoken_signed", "sms", "written"] as const;
const note = (required: Field["required"] = true, label: StaffKey = "field.note"): Field => ({ name: "note", label, kind: "area", required });

/** Who may approve a refusal (interface contract §5, no veto). */
export const APPROVERS: readonly Role[] = ["shift_lead", "hall_admin", "supervisor", "district_admin", "city_admin"];

const BLOCKED_STAGES = ["consult", "accept", "review", "approve", "certificate", "deliver", "system"] as const;
const SOURCES = [
  "leader", "congress", "superior", "democratic_review", "department", "desk_station", "first_ask_phone", "province_hotline",
  "hotline_12345", "online_letter", "interview", "inspection", "early_warning", "other",
] as const;
/** Two papers that contradict each other (B2) are named, not what stands in them (C-03): all three or none. */
const PAIR = ["document_a", "document_b", "differs_in"] as const;
const CONFLICT: readonly Field[] = PAIR.map((name) => ({
  name: `diagnosis.conflict.${name}`, label: `field.${name}`, kind: "line", when: (values) => values.blocking_reason === "B2",
  required: (values) => PAIR.some((one) => String(values[`diagnosis.conflict.${one}`] ?? "").trim() !== ""),
}));

/** What a clock waits for that the person can give. */
const WAITS = new Set(["applicant_material", "applicant_asked"]);

/** Who says that nobody wanted to do it decides whether it becomes a sealed file (C-13). */
const SEAL: Field = {
  name: "seal", label: "conduct.seal", kind: "choice", codes: ["true", "false"], words: "conduct_seal", required: true, when: (values) => values.cause === "unwilling",
};

/** Who is meant, told only when the case becomes a sealed file; never kept as a draft. */
export const UNKEPT = ["accused_posts", "accused_units", "accused_others", "files"] as const;
/** Steps that take files along to another hall. */
export const ENCLOSING: readonly Step[] = ["referrals", "deliver"];
const sealing = (values: Values): boolean => values.cause === "unwilling" && values.seal === "true";
const ACCUSED: readonly Field[] = [
  { name: UNKEPT[0], label: "field.accused_posts", kind: "multi", source: "everybody", when: sealing },
  { name: UNKEPT[1], label: "field.accused_units", kind: "multi", source: "units", when: sealing },
  { name: UNKEPT[2], label: "field.accused_others", kind: "line", when: sealing },
];

export const FORMS: Record<Step, StepForm> = {
  triage: { step: "triage", fields: [
    { name: "should_do", label: "case.should_do", kind: "choice", codes: ["yes", "no", "unclear"], words: "answer", required: true },
    // Should it be done is answered before can it be done (C-50).
    { name: "can_do", label: "case.can_do", kind: "choice", codes: ["yes", "no", "unclear"], words: "answer", required: true, when: (values) => values.should_do !== "" },
    { name: "cause", label: "case.cause", kind: "choice", codes: ["cannot", "hard", "unwilling"], words: "cause", required: true },
    { name: "blocking_reason", label: "case.blocking_reason", kind: "select", source: "blocking", required: true },
    ...CONFLICT,
    SEAL,
    ...ACCUSED,
    { name: "difficulty", label: "case.difficulty", kind: "choice", codes: ["simple", "complex", "special"], words: "difficulty", required: true },
    { name: "blocked_stage", label: "intake.blocked_stage", kind: "select", codes: BLOCKED_STAGES, words: "blocked_stage", when: (_, about) => !about.blocked_stage },
    { name: "discovery_source", label: "field.discovery_source", kind: "select", codes: SOURCES, words: "discovery" },
    { name: "diagnosis.text", label: "field.diagnosis", kind: "area" },
    note(false),
    { name: "dispatch", label: "intake.dispatch_at_once", kind: "check", when: (values, about) => values.cause !== "unwilling" && about.intake_steps.includes("dispatch-at-once") },
  ] },
  "cause-change": { step: "cause-change", hint: "step_hint.cause_change", fields: [
    { name: "should_do", label: "case.should_do", kind: "choice", codes: ["yes", "no", "unclear"], words: "answer", required: true },
    { name: "can_do", label: "case.can_do", kind: "choice", codes: ["yes", "no", "unclear"], words: "answer", required: true },
    { name: "cause", label: "case.cause", kind: "choice", codes: ["cannot", "hard", "unwilling"], words: "cause", required: true },
    { name: "blocking_reason", label: "case.blocking_reason", kind: "select", source: "blocking", required: true },
    SEAL,
    ...ACCUSED,
    { name: "reason", label: "field.change_reason", kind: "area", required: true },
  ] },

  dispatch: { step: "dispatch", hint: "step_hint.dispatch", fields: [
    { name: "lead_unit", label: "field.lead_unit", kind: "select", source: "units", required: true },
    { name: "assist_units", label: "field.assist_units", kind: "multi", source: "units" },
    note(false),
  ] },
  return: { step: "return", fields: [
    { name: "reason_code", label: "field.reason_code", kind: "select", source: "returns", required: true },
    { name: "suggest_unit", label: "field.suggest_unit", kind: "select", source: "units" },
    note(),
  ] },
  sign: { step: "sign", direct: true, fields: [] },
  contact: { step: "contact", fields: [
    { name: "method", label: "field.method", kind: "choice", codes: ["phone", "visit", "message"], words: "contact_method", required: true },
    { name: "result", label: "field.result", kind: "choice", codes: ["reached", "no_answer"], words: "contact_result", required: true },
    { name: "spoken_with", label: "field.spoken_with", kind: "line", when: (values) => values.result === "reached" },
    { name: "next_step", label: "field.next_step", kind: "line", when: (values) => values.result === "reached" },
    { name: "answered", label: "field.answered", kind: "check", when: (values, about) => values.result === "reached" && WAITS.has(about.paused?.reason ?? "") },
    note(true, "field.contact_note"),
  ] },
  reply: { step: "reply", hint: "step_hint.reply", fields: [
    { name: "answer", label: "field.answer", kind: "area", required: true },
    { name: "solved", label: "field.solved", kind: "choice", codes: ["yes", "partly", "no"], words: "answer", required: true },
    { name: "outcome", label: "field.outcome", kind: "select", codes: OUTCOMES, words: "outcome", required: true },
    { name: "legal_basis", label: "field.legal_basis", kind: "select", source: "bases", required: (values) => values.outcome === "explained" },
    ...REPLY_FIELDS,
  ] },
  review: { step: "review", fields: [
    { name: "decision", label: "field.decision", kind: "choice", codes: ["pass", "reject"], words: "decision", required: true },
    note((values) => values.decision === "reject"),
  ] },
  deliver: { step: "deliver", fields: [
    { name: "method", label: "field.method", kind: "choice", codes: DELIVERY, words: "deliver_method", required: true },
    { name: "text", label: "field.text", kind: "area", required: true },
    { name: "materials_returned", label: "field.materials_returned", kind: "line", when: (_, about) => about.state === "refused" },
  ] },
  refusal: { step: "refusal", hint: "step_hint.refusal", fields: [
    { name: "legal_basis", label: "field.legal_basis", kind: "select", source: "bases", required: true },
    { name: "explanation", label: "field.explanation", kind: "area", required: true },
    { name: "approver", label: "field.approver", kind: "select", source: "approvers", required: true },
    { name: "remedy.review_body", label: "field.review_body", kind: "line", required: true },
    { name: "remedy.litigation_court", label: "field.litigation_court", kind: "line", required: true },
    { name: "materials_needed", label: "field.materials_needed", kind: "area" },
    ...REFUSAL_FIELDS,
  ] },
  "refusal-approval": { step: "refusal-approval", fields: [
    { name: "decision", label: "field.decision", kind: "choice", codes: ["approve", "reject"], words: "decision", required: true },
    note((values) => values.decision === "reject"),
  ] },
  callback: { step: "callback", hint: "step_hint.callback", fields: [
    { name: "result", label: "field.callback_result", kind: "choice", codes: ["solved", "unsolved", "unreachable"], words: "callback_result", required: true },
    { name: "satisfaction", label: "field.satisfaction", kind: "select", codes: ["5", "4", "3", "2", "1"], words: "satisfaction", number: true, when: (values) => values.result !== "unreachable" },
    note(false),
    { name: "outcome", label: "field.close_outcome", kind: "select", codes: ALL_OUTCOMES, words: "outcome" },
    ...closingFields(false),
  ] },
  reopen: { step: "reopen", fields: [{ name: "reason", label: "field.reopen_reason", kind: "area", required: true }] },
  close: { step: "close", hint: "step_hint.close", fields: [
    { name: "outcome", label: "field.outcome", kind: "select", codes: ALL_OUTCOMES, words: "outcome", required: true },
    ...closingFields(true),
    note(false),
    { name: "on_spot.method", label: "field.on_spot_method", kind: "choice", codes: DELIVERY, words: "deliver_method", required: true, when: (_, about) => about.state === "triaged" },
    { name: "on_spot.text", label: "field.on_spot_text", kind: "area", required: true, when: (_, about) => about.state === "triaged" },
  ] },
  referrals: { step: "referrals", hint: "step_hint.referrals", fields: [
    { name: "reason", label: "field.refer_reason", kind: "area", required: true },
    { name: "need_contact", label: "field.need_contact", kind: "check" },
    { name: "legal_basis", label: "field.legal_basis", kind: "select", source: "bases" },
    { name: "purpose", label: "field.purpose", kind: "line", required: true },
  ] },
  ...TIME_FORMS,
  ...ACCOUNTABILITY_FORMS,
};

/** The order in which the buttons stand: what moves the case on comes first. What goes on beside it is at the side. */
const ORDER: readonly Step[] = [
  "hand-over-answer", "report-up-answer", "appeal-answer", "designate", "sign", "assist-sign", "refusal-approval", "review", "dispatch", "triage", "reply", "assist-reply", "contact", "deliver", "callback",
  "extension-decision", "resume", "close", "referrals", "refusal", "return", "pause", "extension", "cause-change", "reopen",
];

export function orderedSteps(allowed: readonly string[]): Step[] {
  return ORDER.filter((step) => allowed.includes(step));
}

export function shownFields(form: StepForm, values: Values, about: CaseDetail): Field[] {
  return form.fields.filter((field) => field.when?.(values, about) ?? true);
}

export function isRequired(field: Field, values: Values): boolean {
  return typeof field.required === "function" ? field.required(values) : field.required === true;
}

/** Names of required fields that are still empty. */
export function missingFields(form: StepForm, values: Values, about: CaseDetail): string[] {
  return shownFields(form, values, about)
    .filter((field) => isRequired(field, values) && isBlank(values[field.name]))
    .map((field) => field.name);
}

function isBlank(value: Values[string] | undefined): boolean {
  return value === undefined || value === false || (typeof value === "string" ? value.trim() === "" : Array.isArray(value) && value.length === 0);
}

/** The JSON body: blanks left out, dotted names nested, numbers as numbers. */
export function bodyOf(form: StepForm, values: Values, about: CaseDetail): Record<string, unknown> {
  const body: Record<string, unknown> = form.step === "referrals" ? { direction: "up" } : {};
  for (const field of shownFields(form, values, about)) {
    const value = values[field.name];
    if (field.kind === "check") put(body, field.name, value === true);
    else if (!isBlank(value)) put(body, field.name, field.number ? Number(value) : typeof value === "string" ? value.trim() : value);
    else if (field.kind === "area" && field.name === "note") put(body, field.name, "");
  }
  if (ENCLOSING.includes(form.step) && Array.isArray(values.files)) put(body, "files", values.files);
  return body;
}

function put(body: Record<string, unknown>, name: string, value: unknown): void {
  const [head, ...tail] = name.split(".");
  if (!head) return;
  if (tail.length === 0) {
    body[head] = value;
    return;
  }
  const inner = (body[head] ?? {}) as Record<string, unknown>;
  put(inner, tail.join("."), value);
  body[head] = inner;
}
