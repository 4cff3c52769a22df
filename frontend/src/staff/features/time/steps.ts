/** The forms of a case's clock: standing still, running on, more time (domain.md §2.5, §3.8). */
import type { StepForm } from "@/staff/features/case/steps";

export type TimeStep = "pause" | "resume" | "extension" | "extension-decision";

export const TIME_FORMS: Record<TimeStep, StepForm> = {
  pause: { step: "pause", hint: "step_hint.pause", fields: [
    { name: "reason", label: "field.pause_reason", kind: "select", codes: ["applicant_material", "higher_reply", "appraisal", "court", "applicant_asked"], words: "pause_reason", required: true },
    { name: "told", label: "field.told", kind: "choice", codes: ["phone", "sms", "in_person", "written"], words: "told", required: true },
    { name: "until", label: "field.until", kind: "date" },
    { name: "note", label: "field.note", kind: "area" },
  ] },
  resume: { step: "resume", fields: [{ name: "note", label: "field.note", kind: "area" }] },
  extension: { step: "extension", hint: "step_hint.extension", fields: [
    { name: "days", label: "field.extension_days", kind: "number", number: true, required: true },
    { name: "reason", label: "field.extension_reason", kind: "area", required: true },
  ] },
  "extension-decision": { step: "extension-decision", hint: "step_hint.extension-decision", fields: [
    { name: "decision", label: "field.decision", kind: "choice", codes: ["approve", "refuse"], words: "extension_decision", required: true },
    { name: "note", label: "field.decision_note", kind: "area", required: true },
  ] },
};
