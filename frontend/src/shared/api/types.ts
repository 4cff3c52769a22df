/** Short names for the answers' shapes; the shapes themselves are made from openapi/schema.yml. */
import type { components } from "./schema";

type Shapes = components["schemas"];

export type Uuid = string;
export type Iso = string;
export type IsoDay = string;

export type Level = Shapes["Level"];
export type Role = Shapes["Role"];
export type CaseState = Shapes["CaseState"];
export type Cause = Shapes["Cause"];
export type Outcome = Shapes["Outcome"];
export type Card = Shapes["Card"] | null;
export type Step = Shapes["CaseStep"];

export type Named = Shapes["NamedRefOut"];
export type HallSummary = Shapes["HallOut"];
export interface Page<T> { results: T[]; next: string | null }

export type Session = Shapes["SessionOut"];
export type Post = Shapes["PostOut"];
export type Department = Shapes["DepartmentOut"];

export type Coded = Shapes["CodedOut"];
export type LegalBasis = Shapes["LegalBasisOut"];
export type Catalogue = Shapes["CatalogueOut"];

export type TicketState = Shapes["TicketState"];
export type QueueRef = Shapes["QueueRefOut"];
export type WindowRef = Shapes["WindowRefOut"];
export type Ticket = Shapes["TicketOut"];
export type Window = Shapes["WindowNowOut"];

export type DeadlineSummary = Shapes["ClockOut"];
export type CaseSummary = Shapes["CaseSummaryOut"];
export type TimelineEntry = Shapes["TimelineOut"];
export type CaseDeadline = Shapes["DeadlineOut"];
export type Triage = Shapes["TriageOut"];
export type Refusal = Shapes["RefusalOut"];
/** The code is told once, in the answer that makes the case. */
export type CaseDetail = Shapes["CaseOut"] & Partial<Pick<Shapes["NewCaseOut"], "tracking_code">>;

export type ReferralEvent = Shapes["ReferralEventOut"];
export type Referral = Shapes["ReferralOut"];
export type Reception = Shapes["ReceptionOut"];

export type ExplanationStep = Shapes["RulerStepOut"];
export type Explanation = Shapes["ExplanationOut"];

/** An event of the log; over the socket without who caused it. */
export type LiveEvent =
  Omit<Shapes["EventOut"], "ref" | "actor" | "cid"> & { ref: string | null } & Partial<Pick<Shapes["EventOut"], "actor" | "cid">>;
export type EventsPage = Omit<Shapes["EventsOut"], "events"> & { events: LiveEvent[] };
export type Board = Shapes["BoardOut"];
