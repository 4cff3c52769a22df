/** The steps of a file as short forms: what each asks, with the codes it may say. */
import type { StaffKey } from "@/staff/i18n";

export type FieldKind = "text" | "line" | "choice" | "day" | "post" | "posts" | "units" | "points" | "yes";
export interface Field { name: string; label: StaffKey; kind: FieldKind; codes?: readonly string[]; words?: string; needed?: boolean }
export interface StepForm { step: string; fields: readonly Field[] }

export const FACTS = ["F1", "F2", "F3", "F4", "F5"] as const;
export const TAGS = ["broker", "demands", "collusion", "delay"] as const;
export const REVEAL_REASONS = ["contact_applicant", "verify_identity", "make_document", "legal_request"] as const;
const METHODS = ["spoken_signed", "sms", "written"] as const;
const text = (name: string, label: StaffKey, needed = true): Field => ({ name, label, kind: "text", needed });

export const STEPS: readonly StepForm[] = [
  { step: "verify", fields: [text("note", "conduct.note", false)] },
  { step: "notes", fields: [{ name: "kind", label: "conduct.note_kind", kind: "choice", codes: ["interview", "document", "site", "records", "other"], words: "conduct_note", needed: true }, text("text", "conduct.what")] },
  { step: "finding", fields: [{ name: "result", label: "conduct.result", kind: "choice", codes: ["substantiated", "partly", "unsubstantiated", "unverifiable"], words: "conduct_result", needed: true }, text("text", "conduct.finding_text")] },
  {
    step: "measures",
    fields: [
      { name: "kind", label: "conduct.measure", kind: "choice", codes: ["remind", "talk", "notice", "points", "transfer"], words: "conduct_measure", needed: true },
      { name: "post", label: "conduct.about_post", kind: "post" }, { name: "subject", label: "conduct.about_other", kind: "line" },
      { name: "points", label: "conduct.points", kind: "points" }, text("text", "conduct.measure_text"), { name: "served", label: "conduct.served", kind: "yes" },
    ],
  },
  {
    step: "hand-over",
    fields: [
      { name: "body", label: "conduct.body", kind: "line", needed: true }, { name: "receipt", label: "conduct.receipt", kind: "line", needed: true },
      { name: "handed_on", label: "conduct.handed_on", kind: "day", needed: true }, text("what", "conduct.what"),
    ],
  },
  { step: "feedback", fields: [{ name: "method", label: "conduct.method", kind: "choice", codes: METHODS, words: "conduct_method", needed: true }, text("text", "conduct.feedback_text")] },
  { step: "release", fields: [{ name: "units", label: "conduct.units", kind: "units", needed: true }, text("text", "conduct.release_text")] },
  { step: "matter", fields: [{ name: "title", label: "conduct.title", kind: "line", needed: true }, text("detail", "conduct.matter_detail"), text("want", "conduct.want")] },
  { step: "handlers", fields: [{ name: "posts", label: "conduct.handlers", kind: "posts" }] },
  { step: "recusals", fields: [{ name: "post", label: "conduct.recused_post", kind: "post" }, text("reason", "conduct.reason")] },
  { step: "send-up", fields: [text("reason", "conduct.reason")] },
  { step: "archive", fields: [text("note", "conduct.note", false)] },
];

export type Values = Record<string, string | string[] | boolean>;

export function blank(form: StepForm): Values {
  return Object.fromEntries(form.fields.map((one) => [one.name, one.kind === "posts" || one.kind === "units" ? [] : one.kind === "yes" ? false : ""]));
}

export function ready(form: StepForm, values: Values): boolean {
  return form.fields.every((one) => {
    const value = values[one.name];
    return !one.needed || (Array.isArray(value) ? value.length > 0 : String(value).trim() !== "");
  });
}

/** As the server takes it: what was left empty is left out. */
export function bodyOf(form: StepForm, values: Values): Record<string, unknown> {
  const said = form.fields.map((one): [string, unknown] => {
    const value = values[one.name];
    if (one.kind === "points") return [one.name, value === "" ? undefined : Number(value)];
    return [one.name, typeof value === "string" ? value.trim() || undefined : value];
  });
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}
