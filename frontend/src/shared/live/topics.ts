/**
 * Sequence keeping per topic (frontend.md §5.6): seq ≤ last is a duplicate, last + 1 is applied,
 * anything later waits for a replay. Nothing is missed, nothing is applied twice or out of order.
 */
import type { LiveEvent } from "../api/types";

export interface TopicListener {
  onEvent: (event: LiveEvent, topic: string) => void;
  /** Too much was missed, or the topic has just begun: fetch again. */
  onReset: (topic: string) => void;
}
export type Verdict = "applied" | "duplicate" | "gap";

export class TopicLog {
  last: number | null = null;
  /** Newest number heard of, also from frames that had to wait. */
  newest = 0;
  /** The server has answered for this topic on the current connection. */
  confirmed = false;
  replayAskedAt: number | null = null;
  readonly listeners = new Set<TopicListener>();

  constructor(readonly name: string) {}

  take(event: LiveEvent): Verdict {
    this.newest = Math.max(this.newest, event.seq);
    if (this.last !== null && event.seq <= this.last) return "duplicate";
    if (this.last !== null && event.seq > this.last + 1) return "gap";
    this.last = event.seq;
    if (this.last >= this.newest) this.replayAskedAt = null;
    for (const listener of this.listeners) listener.onEvent(event, this.name);
    return "applied";
  }

  /** A number told outside the stream (ping, pong): true when we are behind it. */
  hearOf(seq: number): boolean {
    this.newest = Math.max(this.newest, seq);
    return this.behind;
  }

  get behind(): boolean {
    return this.last !== null && this.last < this.newest;
  }

  startAt(seq: number): void {
    this.confirmed = true;
    if (this.last !== null) {
      this.newest = Math.max(this.newest, seq);
      return;
    }
    this.jumpTo(seq);
  }

  /** Too old or another epoch: everything is fetched again and counting goes on from `seq`. */
  jumpTo(seq: number): void {
    this.confirmed = true;
    this.last = seq;
    this.newest = seq;
    this.replayAskedAt = null;
    for (const listener of this.listeners) listener.onReset(this.name);
  }

  /** A body read at `seq` (X-Event-Seq): where a topic not yet started may begin. */
  readAt(seq: number): void {
    if (this.last === null) this.last = seq;
    this.newest = Math.max(this.newest, seq);
  }
}
