/** What the board says about a window, and for how long it has been so. */
import type { Ticket, Window } from "@/shared/api/types";

export type WindowTone = "serving" | "called" | "free" | "away" | "closed";

export function toneOf(window: Window): WindowTone {
  const state: string = window.state;
  if (state === "closed") return "closed";
  if (state === "paused" || state === "away") return "away";
  if (!window.current_ticket) return "free";
  return window.current_ticket.state === "serving" ? "serving" : "called";
}

/** Start of what the window is doing now: the service, else the call. */
export function since(ticket: Ticket | null): string | null {
  return ticket ? (ticket.started_at ?? ticket.called_at) : null;
}

/** Whole seconds from `at` to now; a clock that is behind shows 0, never a negative time. */
export function elapsed(at: string | null, now: number): number | null {
  return at === null ? null : Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
}

const ORDER: readonly WindowTone[] = ["serving", "called", "free", "away", "closed"];

/** Counts by tone, in a fixed order, tones without windows left out. */
export function tally(windows: readonly Window[]): { tone: WindowTone; n: number }[] {
  return ORDER.map((tone) => ({ tone, n: windows.filter((one) => toneOf(one) === tone).length })).filter(({ n }) => n > 0);
}
