/**
 * Calls wait their turn on the screen: in the order of their numbers in the log, each long enough
 * to read, none twice, none lost because another came within the same second.
 */
import type { Call } from "./state";

export const SHOW_MS = 4_000;
/** After a long break only what people may still be waiting for is announced. */
export const FRESH_MS = 2 * 60_000;

export interface Clock {
  now: () => number;
  after: (ms: number, run: () => void) => void;
}
const REAL: Clock = { now: () => Date.now(), after: (ms, run) => void setTimeout(run, ms) };

export class Announcements {
  private readonly waiting: Call[] = [];
  private heard = 0;
  private current: Call | null = null;
  private shownAt = -Infinity;
  private holdMs = SHOW_MS;
  private armed = false;

  /** `show` may answer for how many milliseconds the call needs the screen: until it is spoken. */
  constructor(
    private readonly show: (call: Call) => number | void,
    private readonly clock: Clock = REAL,
  ) {}

  /** The calls of a first answer are history: the newest is shown, none is announced. */
  begin(calls: readonly Call[]): Call | null {
    const newest = [...calls].sort((a, b) => b.seq - a.seq)[0] ?? null;
    this.heard = Math.max(this.heard, newest?.seq ?? 0);
    return newest;
  }

  /** Calls heard live or read after a break, in any order; those known already are dropped. */
  hear(calls: readonly Call[], serverNow: number): void {
    const fresh = calls.filter((call) => call.seq > this.heard).sort((a, b) => a.seq - b.seq);
    for (const call of fresh) {
      this.heard = call.seq;
      if (serverNow - Date.parse(call.at) <= FRESH_MS) this.waiting.push(call);
    }
    this.turn();
  }

  /** A call made by mistake: one that still waits is not announced at all. */
  withdraw(number: string, window: string): void {
    const left = this.waiting.filter((call) => call.number !== number || call.window !== window);
    this.waiting.splice(0, this.waiting.length, ...left);
  }

  /** The log was set up anew and counts from the start. */
  restart(): void {
    this.heard = 0;
  }

  get lastSeq(): number {
    return this.heard;
  }

  get pending(): number {
    return this.waiting.length;
  }

  private turn(): void {
    if (this.armed || this.waiting.length === 0) return;
    const left = this.shownAt + (this.current ? this.holdMs : 0) - this.clock.now();
    if (left > 0) {
      this.armed = true;
      this.clock.after(left, () => {
        this.armed = false;
        this.turn();
      });
      return;
    }
    this.current = this.waiting.shift() ?? null;
    this.shownAt = this.clock.now();
    if (this.current) this.holdMs = Math.max(SHOW_MS, this.show(this.current) ?? 0);
    this.turn();
  }
}
