import { describe, expect, it } from "vitest";
import { Announcements, SHOW_MS, type Clock } from "@/display/announcements";
import type { Call } from "@/display/state";

const AT = Date.parse("2026-11-22T12:20:00+08:00");
const call = (seq: number, number = `A${seq}`, at = AT): Call => ({ seq, number, window: "12", at: new Date(at).toISOString() });

/** A clock that moves only when told. */
class HandClock implements Clock {
  at = 0;
  private due: { at: number; run: () => void }[] = [];
  now = (): number => this.at;
  after = (ms: number, run: () => void): void => void this.due.push({ at: this.at + ms, run });
  pass(ms: number): void {
    const end = this.at + ms;
    for (;;) {
      const next = this.due.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.due.splice(this.due.indexOf(next), 1);
      this.at = next.at;
      next.run();
    }
    this.at = end;
  }
}

function screen(): { shown: { seq: number; at: number }[]; calls: Announcements; clock: HandClock } {
  const shown: { seq: number; at: number }[] = [];
  const clock = new HandClock();
  return { shown, clock, calls: new Announcements((one) => shown.push({ seq: one.seq, at: clock.now() }), clock) };
}

describe("announcements on the big screen", () => {
  it("shows two calls of the same second in order, each for at least four seconds", () => {
    const { shown, calls, clock } = screen();
    calls.hear([call(8)], AT);
    clock.pass(300);
    calls.hear([call(9)], AT);
    clock.pass(3_600);
    expect(shown.map((one) => one.seq)).toEqual([8]);
    clock.pass(100);
    expect(shown.map((one) => one.seq)).toEqual([8, 9]);
    expect(shown[1]!.at - shown[0]!.at).toBe(SHOW_MS);
  });

  it("shows calls in the order of the log when they were read in another order", () => {
    const { shown, calls, clock } = screen();
    calls.hear([call(12), call(11), call(10)], AT);
    clock.pass(3 * SHOW_MS);
    expect(shown.map((one) => one.seq)).toEqual([10, 11, 12]);
  });

  it("announces a call once though it is heard live and read again", () => {
    const { shown, calls, clock } = screen();
    calls.hear([call(3)], AT);
    calls.hear([call(3), call(2)], AT);
    clock.pass(10 * SHOW_MS);
    expect(shown.map((one) => one.seq)).toEqual([3]);
  });

  it("shows the newest known call at the start without announcing history", () => {
    const { shown, calls, clock } = screen();
    expect(calls.begin([call(5), call(7), call(6)])?.seq).toBe(7);
    calls.hear([call(6)], AT);
    clock.pass(SHOW_MS);
    expect(shown).toEqual([]);
    calls.hear([call(8)], AT);
    expect(shown.map((one) => one.seq)).toEqual([8]);
  });

  it("leaves out calls that are minutes old after a break, and counts them as heard", () => {
    const { shown, calls } = screen();
    calls.hear([call(1, "A1", AT - 10 * 60_000), call(2)], AT);
    expect(shown.map((one) => one.seq)).toEqual([2]);
    expect(calls.lastSeq).toBe(2);
  });

  it("announces the same number again when it is recalled", () => {
    const { shown, calls, clock } = screen();
    calls.hear([call(1, "A037"), call(2, "A037")], AT);
    clock.pass(SHOW_MS);
    expect(shown).toHaveLength(2);
  });

  it("starts over with a log that was set up anew", () => {
    const { shown, calls } = screen();
    calls.begin([call(500)]);
    calls.restart();
    calls.hear([call(1)], AT);
    expect(shown.map((one) => one.seq)).toEqual([1]);
  });

  it("holds a call until it is spoken, and drops a waiting one that was withdrawn", () => {
    const shown: number[] = [];
    const clock = new HandClock();
    const calls = new Announcements((one) => (shown.push(one.seq), 6_500), clock);
    calls.hear([call(1), call(2, "A002"), call(3)], AT);
    calls.withdraw("A002", "12");
    clock.pass(6_400);
    expect(shown).toEqual([1]);
    clock.pass(100);
    expect(shown).toEqual([1, 3]);
  });

  it("catches up in order after a minute without a network", () => {
    const { shown, calls, clock } = screen();
    calls.begin([call(20)]);
    calls.hear([call(25, "B5", AT - 5_000), call(23, "B3", AT - 40_000), call(21, "B1", AT - 60_000), call(24, "B4", AT - 20_000), call(22, "B2", AT - 50_000)], AT);
    clock.pass(5 * SHOW_MS);
    expect(shown.map((one) => one.seq)).toEqual([21, 22, 23, 24, 25]);
  });
});
