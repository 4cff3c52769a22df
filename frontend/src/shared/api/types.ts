/** Names for the shapes of the REST answers; the shapes themselves come from openapi/schema.yml. */
import type { components } from "./schema";

export type Schemas = components["schemas"];

export type Uuid = string;
export type Iso = string;
export type IsoDay = string;

export type CaseState = Schemas["CaseState"];
export type Cause = Schemas["Cause"];
export type Outcome = Schemas["Outcome"];
export type TicketState = Schemas["TicketState"];
export type Level = HallSummary["level"];
export type Role =
  | "desk_officer" | "window_clerk" | "dept_handler" | "dept_lead" | "shift_lead" | "hall_admin"
  | "district_admin" | "city_admin" | "supervisor" | "assistant" | "guidance_officer" | "greeter"
  | "discipline_observer" | "analyst";
/** Green to black by working days left (domain.md §3.6); the server works it out. */
export type Card = Schemas["Card"] | "none" | null;
export type Step =
  | "triage" | "dispatch" | "return" | "sign" | "contact" | "reply" | "review" | "deliver"
  | "refusal" | "refusal-approval" | "callback" | "reopen" | "close" | "referrals"
  | "designate" | "assist-sign" | "assist-reply" | "hand-over" | "hand-over-answer" | "report-up" | "report-up-answer"
  | "explanation" | "appeal" | "appeal-answer" | "cause-change"
  | "pause" | "resume" | "extension" | "extension-decision";

export interface Page<T> { results: T[]; next: string | null }
export type Named = Schemas["NamedOut"];
/** The boot block knows less of the hall than the session does. */
export type HallSummary = Pick<Schemas["HallOut"], "id" | "slug" | "name" | "level"> & Partial<Schemas["HallOut"]>;
export type Session = Schemas["SessionOut"];
export type Post = Schemas["PostOut"];
export type Department = Schemas["DepartmentOut"];

export type LegalBasis = Schemas["LegalBasisOut"];
export type Catalogue = Schemas["CatalogueOut"];
export type QueueRef = Schemas["QueueRefOut"];
export type Ticket = Schemas["TicketOut"];
export type NewTicket = Schemas["NewTicketOut"];
export type Window = Schemas["WindowNowOut"];
export type Board = Schemas["BoardOut"];

export type CaseSummary = Schemas["CaseSummaryOut"];
export type CaseDetail = Schemas["CaseOut"];
export type NewCase = Schemas["NewCaseOut"];
export type CaseDeadline = Schemas["DeadlineOut"];
export type TimelineEntry = Schemas["TimelineOut"];
export type Reception = Schemas["ReceptionOut"];
export type Referral = Schemas["ReferralOut"];
export type Explanation = Schemas["ExplanationOut"];
export type Checklist = Schemas["ChecklistOut"];

export type LiveEvent = Schemas["EventOut"];
export type EventsPage = Schemas["EventsOut"];
