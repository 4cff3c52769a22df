import { describe, expect, it } from "vitest";
import { IDLE_MS, TICKET_MS, idleAfter, isFlat, offered, phoneComplete, stillGiven, tapped } from "@/kiosk/flow";
import type { Menu, MenuQueue } from "@/shared/api/queue-types";

const queue = (prefix: string, more: Partial<MenuQueue> = {}): MenuQueue => ({ id: prefix, prefix, name: prefix, open: true, opens_at: null, left: null, waiting: 0, minutes: null, ...more });
const menu = (...groups: string[][]): Menu => ({
  hall: "街道中心", open: true, opens_at: null, priority_reasons: [], phone_wanted: false, at: "2026-11-23T09:00:00+08:00",
  groups: groups.map((prefixes, i) => ({ name: `g${i}`, queues: prefixes.map((prefix) => queue(prefix)) })),
});

describe("what a kiosk offers", () => {
  it("is all of the hall, or its own letters with empty groups left out", () => {
    const whole = menu(["A", "B"], ["C"]);
    expect(offered(whole, []).map((group) => group.queues.length)).toEqual([2, 1]);
    expect(offered(whole, ["C"]).map((group) => group.name)).toEqual(["g1"]);
  });

  it("is shown at once when it is little, in two levels when it is much", () => {
    expect(isFlat(menu(["A", "B"], ["C"]).groups)).toBe(true);
    expect(isFlat(menu([..."ABCDEFGHIJ"]).groups)).toBe(true);
    expect(isFlat(menu([..."ABCDE"], [..."FGHI"]).groups)).toBe(false);
  });

  it("gives no number of a closed type or an empty contingent", () => {
    expect([queue("A"), queue("A", { open: false }), queue("A", { left: 0 }), queue("A", { left: 3 })].map(stillGiven)).toEqual([true, false, false, true]);
  });
});

describe("a person at the kiosk", () => {
  it("types a phone number with corrections, eleven digits at most", () => {
    const typed = [..."13800138000", "9", "back", "1"].reduce(tapped, "");
    expect(typed).toBe("13800138001");
    expect(tapped(typed, "clear")).toBe("");
    expect(["", "13800138001", "138", "23800138001"].map(phoneComplete)).toEqual([true, true, false, false]);
  });

  it("leaves, and the screen begins anew; a ticket leaves sooner, the first page never", () => {
    expect([idleAfter("confirm"), idleAfter("checkin"), idleAfter("ticket"), idleAfter("groups")]).toEqual([IDLE_MS, IDLE_MS, TICKET_MS, null]);
  });
});
