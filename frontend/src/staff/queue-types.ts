/** Shapes of the queue beyond a plain ticket: what the window, the board and the reception show. */
import type { Iso, QueueRef, Ticket, Uuid, Window } from "@/shared/api/types";
import type { Range } from "@/shared/api/queue-types";

export interface WindowRef { id: Uuid; number: string; name: string }
export type FullTicket = Ticket & { same_person?: number };
export type FullWindow = Window;
export type NewNumber = FullTicket & { ahead: number; estimated_wait_minutes: Range | null; code: string; position_path: string };

export type Band = "smooth" | "normal" | "crowded" | "saturated" | "unknown";
export interface Line {
  queue: QueueRef; waiting: number; priority: number; appointments: number; oldest_wait_seconds: number | null; open_windows: number;
  expected: Range | null; band: Band;
}
export interface Signal {
  id: Uuid; kind: "suggestion" | "alarm" | "warning"; rule: string; at: Iso; queue: QueueRef | null; window: WindowRef | null; by: string | null;
  state: "open" | "accepted" | "declined" | "ended"; decided_by: string | null; decided_at: Iso | null;
  detail: Record<string, unknown>; after: Record<string, unknown> | null; item_code?: string; case?: Uuid | null; version: number;
}
export interface BoardLive {
  windows: FullWindow[]; lines: Line[]; parked: FullTicket[]; missed: FullTicket[]; suggestions: Signal[]; alarms: Signal[]; warnings: Signal[]; at: Iso;
}
export interface Quarter { start: string; issued: number; called: number; served: number; waiting: number; wait_mean_seconds: number | null; open_windows: number }

export interface Appointment {
  id: Uuid; queue: QueueRef; start: Iso; end: Iso; state: "booked" | "checked_in" | "cancelled" | "no_show"; name_mask: string; phone_mask: string;
  ticket: { id: Uuid; number: string } | null; version: number; code?: string;
}
export type GuidanceKind = "greeting" | "guidance" | "feedback" | "tension";
export interface Guidance {
  id: Uuid; kind: GuidanceKind; at: Iso; by: string | { name: string }; ticket: { id: Uuid; number: string } | null; item_code: string; matter: string; direction: string;
  result: string; checklist: { text: string; ok: boolean }[]; category: string; note: string; room: string; second_officer: string; case: Uuid | null;
  version: number; new_ticket?: NewNumber | null;
}
