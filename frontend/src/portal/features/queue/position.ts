/** A number's place in the line as its holder sees it; asked every few seconds, answered 304 mostly. */
import { BASE } from "@/shared/api/client";
import { ApiError, NetworkError, type Problem } from "@/shared/api/errors";
import type { Iso } from "@/shared/api/types";
import type { Range } from "@/shared/api/queue-types";

export type PositionState = "waiting" | "called" | "serving" | "parked" | "missed" | "finished" | "left";
export interface Position {
  number: string; queue: { prefix: string; name: string }; state: PositionState; ahead: number | null; minutes: Range | null;
  window: string | null; called_at: Iso | null; return_until: Iso | null; taken_at: Iso; slot: { start: Iso; end: Iso } | null;
  hall: { name: string }; at: Iso;
}

/** What the page says in one big line. */
export type Say = "called" | "serving" | "next" | "soon" | "wait" | "missed" | "gone" | "parked" | "finished" | "left";
const SOON = 3;

export function sayOf(position: Position, now: number): Say {
  switch (position.state) {
    case "called": case "serving": case "parked": case "finished": case "left":
      return position.state;
    case "missed":
      return position.return_until !== null && Date.parse(position.return_until) > now ? "missed" : "gone";
    default:
      if (position.ahead === 0) return "next";
      return position.ahead !== null && position.ahead <= SOON ? "soon" : "wait";
  }
}

export const isOver = (state: PositionState): boolean => state === "finished" || state === "left";
/** Close to the turn a person looks at the phone more often. */
export const everyMs = (position: Position | null): number => (position && position.state === "waiting" && (position.ahead ?? 99) > 10 ? 10_000 : 5_000);

export class PositionReader {
  private tag = "";
  private last: Position | null = null;

  constructor(private readonly code: string) {}

  async read(): Promise<Position> {
    let response: Response;
    try {
      response = await fetch(`${BASE}portal/positions/${this.code}`, { headers: this.tag ? { "If-None-Match": this.tag } : {}, credentials: "same-origin" });
    } catch {
      throw new NetworkError();
    }
    if (response.status === 304 && this.last) return this.last;
    if (!response.ok) throw new ApiError(response.status, (await response.json().catch(() => ({}))) as Problem);
    this.tag = response.headers.get("ETag") ?? "";
    this.last = (await response.json()) as Position;
    return this.last;
  }
}
