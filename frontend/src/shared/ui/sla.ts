/** What a deadline looks like now: the server's card, moved on when the due time passes meanwhile. */
import type { Card } from "../api/types";

export type SlaState = "normal" | "yellow" | "orange" | "red" | "black" | "done" | "hold";

export interface SlaInput {
  card: Card;
  dueAt: string | null;
  closed?: boolean;
  paused?: boolean;
}

/**
 * The card counts working days, which only the server knows (domain.md §3.6). While a page is
 * open, passing the due time turns “due today” red, and a short stage (still green) yellow.
 */
export function slaState(input: SlaInput, now: number): SlaState {
  if (input.closed) return "done";
  if (input.paused || input.card === "hold") return "hold";
  const late = input.dueAt !== null && Date.parse(input.dueAt) < now;
  if (input.card === "red" || input.card === "black" || input.card === "yellow") return input.card;
  if (input.card === "orange") return late ? "red" : "orange";
  return late ? "yellow" : "normal";
}

/** Share of the running time that has passed, 0…1. */
export function elapsedShare(startedAt: string, dueAt: string, now: number): number {
  const start = Date.parse(startedAt);
  const length = Date.parse(dueAt) - start;
  if (!(length > 0)) return 1;
  return Math.min(1, Math.max(0, (now - start) / length));
}
