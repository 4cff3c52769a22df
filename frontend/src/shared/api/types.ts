/** Shapes of the REST answers as promised by the interface (docs: OpenAPI schema). */
export type Uuid = string;
export type Iso = string;
export type IsoDay = string;

export type Level = "city" | "district" | "street";
export type Role =
  | "desk_officer" | "window_clerk" | "dept_handler" | "dept_lead" | "shift_lead" | "hall_admin"
  | "district_admin" | "city_admin" | "supervisor" | "assistant" | "guidance_officer"
  | "discipline_observer" | "analyst";
export type CaseState =
  | "registered" | "triaged" | "dispatched" | "returned" | "signed" | "in_progress" | "replied"
  | "reviewed" | "refusal_proposed" | "refused" | "referred" | "delivered" | "called_back" | "closed";
export type Cause = "cannot" | "hard" | "unwilling";
export type Outcome =
  | "done" | "done_alt" | "partly" | "explained" | "transferred_closed" | "withdrawn"
  | "unreachable" | "unresolved" | "merged";
/** Green to black by working days left (domain.md §3.6); the server works it out. */
export type Card = "green" | "yellow" | "orange" | "red" | "black" | "none" | null;
export type Step =
  | "triage" | "dispatch" | "return" | "sign" | "contact" | "reply" | "review" | "deliver"
  | "refusal" | "refusal-approval" | "callback" | "reopen" | "close" | "referrals";

export interface Named { id: Uuid; name: string }
export interface HallSummary {
  id: Uuid; slug: string; name: string; level: Level; network?: string | Named; deskName?: string;
}
export interface Page<T> { results: T[]; next: string | null }

export interface Session {
  authenticated: boolean;
  hall: HallSummary;
  account: { id: Uuid; username: string } | null;
  post: { id: Uuid; name: string; roles: Role[]; department: Named | null } | null;
  permissions: string[];
  csrf: string;
  now: Iso;
}

export interface Post { id: Uuid; name: string; roles: Role[]; department: Named | null }
export interface Department { id: Uuid; name: string; duty_phone: string }

export interface Coded { code: string; label: string }
export interface LegalBasis { code: string; title: string; article: string; text: string }
export interface Catalogue {
  blockingReasons: { code: string; parent: string | null; label: string }[];
  outcomes: Coded[];
  causes: Coded[];
  returnReasons: Coded[];
  serviceItems: { code: string; name: string; department: string | null }[];
  referralReturnReasons: Coded[];
  receptionOutcomes: Coded[];
  notAcceptedReasons: Coded[];
  exemptions: Coded[];
  legalBases: LegalBasis[];
  pauseReasons: Coded[];
}

export type TicketState = "waiting" | "called" | "serving" | "finished" | "missed";
export interface QueueRef { id: Uuid; prefix: string; name: string }
export interface WindowRef { id: Uuid; number: string; name: string }
export interface Ticket {
  id: Uuid; number: string; queue: QueueRef; state: TicketState; priority: number | boolean;
  priority_reason: string | null; taken_at: Iso; called_at: Iso | null; started_at: Iso | null;
  finished_at: Iso | null; wait_seconds: number | null; walk_seconds: number | null;
  service_seconds: number | null; window: WindowRef | null; version: number;
}
export interface Window {
  id: Uuid; number: string; name: string; kind: string; state: "open" | "paused" | "away" | "closed" | "extended";
  state_reason: string | null; clerk: Named | null; queues: QueueRef[];
  current_ticket: Ticket | null; version: number;
}

export interface DeadlineSummary {
  id: Uuid; stage: string; due_at: Iso; due_on: IsoDay; card: Card; provisional: boolean;
  remaining_minutes: number | null; started_at?: Iso;
}
export interface CaseSummary {
  id: Uuid; number: string; title: string; state: CaseState; cause: Cause | null;
  blocking_reason: string | null; urgency: "normal" | "urgent"; registered_at: Iso;
  deadline: DeadlineSummary | null; lead_unit: Named | null; first_responder: Named | null;
  applicant_masked: string; version: number;
  referral: { direction: string; hall: Named | string; state: string } | null;
}
export interface TimelineEntry {
  id: Uuid; seq: number; kind: string; at: Iso; actor: { name: string; unit: string | null };
  from: string | null; to: string | null; note: string | null; data: Record<string, unknown>;
}
export interface CaseDeadline {
  id: Uuid; stage: string; owner: string | Named | null; started_at: Iso; due_at: Iso;
  due_on: IsoDay; done_at: Iso | null; card: Card; provisional: boolean;
}
export interface Triage {
  should_do: string; can_do: string; cause: Cause; blocking_reason: string; difficulty: string;
  note: string;
}
export interface Refusal {
  legal_basis: string | LegalBasis; explanation: string; approver: Named | Uuid | null;
  proposed_by?: Named | null; decision?: string | null; state?: string;
  remedy: { review_body?: string; litigation_court?: string; [key: string]: unknown } | null;
  materials_needed?: string | string[] | null;
}
export interface CaseDetail extends CaseSummary {
  detail: string; want: string;
  reception: Record<string, unknown> | null;
  triage: Triage | null;
  applicant: {
    name: string; phone: string; id_number: string | null; kind: string; relation: string;
    enterprise_name?: string | null;
  };
  deadlines: CaseDeadline[];
  timeline: TimelineEntry[];
  allowed_steps: Step[];
  outcome: Outcome | null;
  refusal: Refusal | null;
  visit_count: number;
  pushed_from: string | null;
  service_item?: { code: string; name: string } | string | null;
  blocked_stage?: string | null;
  tracking_number?: string;
  tracking_code?: string;
}

export interface ReferralEvent {
  kind: string; at: Iso; by: string; note: string | null; data: Record<string, unknown>;
}
export interface Referral {
  id: Uuid; direction: "up" | "down" | "across"; from_hall: Named; to_hall: Named;
  state: "sent" | "accepted" | "returned" | "answered" | "closed"; case_number: string;
  title: string; summary: string; reason: string; sent_at: Iso; accept_due_at: Iso | null;
  promised_on: IsoDay | null; receiver_due_on: IsoDay | null; case_id: Uuid | null; card: Card;
  events: ReferralEvent[]; version: number;
}

export interface Reception {
  id: Uuid; first_responder: Named; ticket: Ticket | null; version: number;
  [key: string]: unknown;
}

export interface ExplanationStep {
  day: IsoDay; counted: boolean; reason: string; name: string | null; running: number | null;
}
export interface Explanation {
  rule: string; rule_text_code: string; policy: { source: "default" | "network" | "hall"; basis: string | null };
  start: Iso; due_at: Iso; due_on: IsoDay; provisional: boolean; steps: ExplanationStep[];
  pauses: { from: Iso; to: Iso | null; reason: string }[];
}

export interface LiveEvent {
  seq: number; at: Iso; kind: string; ref: string | null; version: number | null;
  data: Record<string, unknown>; actor?: string | null; cid?: string | null;
}
export interface EventsPage { topic: string; head: number; events: LiveEvent[]; reset: boolean }

export interface Board {
  windows: Window[];
  waiting: { queue: QueueRef; count: number; oldest_wait_seconds: number | null }[];
  today: { receptions: number; cases: number; due_today: number; overdue: number; yellow: number; red: number };
  cards: CaseSummary[];
  referrals_waiting: number;
  at: Iso;
}
