/** What a deadline looks like now: the server's card, and red as soon as the due time has passed. */
import type { Card } from "../api/types";

export type SlaState = "normal" | "yellow" | "red" | "done" | "hold";

export interface SlaInput {
  card: Card;
  dueAt: string | null;
  closed?: boolean;
  paused?: boolean;
}

export function slaState(input: SlaInput, now: number): SlaState {
  if (input.closed) return "done";
  if (input.paused) return "hold";
  if (input.card === "red") return "red";
  if (input.dueAt && Date.parse(input.dueAt) < now) return "red";
  return input.card === "yellow" ? "yellow" : "normal";
}

/** Share of the running time that has passed, 0…1. */
export function elapsedShare(startedAt: string, dueAt: string, now: number): number {
  const start = Date.parse(startedAt);
  const length = Date.parse(dueAt) - start;
  if (!(length > 0)) return 1;
  return Math.min(1, Math.max(0, (now - start) / length));
}
