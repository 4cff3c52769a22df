/** What the public pages of the queue are answered (kiosk, position page, self-service). */
import type { Iso, Uuid } from "./types";

export type Range = [number, number];
export interface MenuQueue {
  id: Uuid; prefix: string; name: string; open: boolean; opens_at: Iso | null; left: number | null; waiting: number; minutes: Range | null;
}
export interface MenuGroup { name: string; queues: MenuQueue[] }
export interface Menu {
  hall: string | { name: string }; open: boolean; opens_at: Iso | null; groups: MenuGroup[]; priority_reasons: string[]; phone_wanted: boolean; at: Iso;
}
/** A number that comes back tells no more than itself: its holder has the code already. */
export interface KioskTicket {
  id: Uuid; number: string; queue: { prefix: string; name: string }; priority: boolean; priority_reason: string; taken_at: Iso;
  ahead?: number; estimated_wait_minutes?: Range | null; code?: string; position_path?: string; slot?: { start: Iso; end: Iso } | null;
}
