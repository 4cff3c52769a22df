/** What the screen knows (GET display/state): numbers and windows, never a name. */
import type { Iso } from "@/shared/api/types";

export interface Call { number: string; window: string; at: Iso; seq: number }
export interface DisplayState {
  hall: { name: string; deskName: string };
  now: Iso;
  calls: Call[];
  serving: { number: string; window: string }[];
  next: string[];
  notice: string | null;
}

const KEY = "bancheng.display";

/** The last state outlives a reload, so the screen never starts blank while the network is away. */
export function keep(state: DisplayState): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Without storage the screen only forgets at a reload.
  }
}

export function kept(now: number): DisplayState | null {
  try {
    const state = JSON.parse(localStorage.getItem(KEY) ?? "null") as DisplayState | null;
    return state && sameDay(Date.parse(state.now), now) ? state : null;
  } catch {
    return null;
  }
}

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
const sameDay = (a: number, b: number): boolean => Math.floor((a + ZONE_MS) / DAY_MS) === Math.floor((b + ZONE_MS) / DAY_MS);
