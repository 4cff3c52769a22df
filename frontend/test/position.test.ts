import { describe, expect, it } from "vitest";
import { cancellable, errorsOf, type Booking } from "@/portal/features/booking/booking";
import { everyMs, sayOf, type Position } from "@/portal/features/queue/position";
import { placeOf } from "@/portal/route";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const at = (more: Partial<Position>): Position => ({
  number: "A037", queue: { prefix: "A", name: "综合" }, state: "waiting", ahead: 12, minutes: [20, 35], window: null, called_at: null,
  return_until: null, taken_at: "2026-11-23T09:30:00+08:00", slot: null, hall: { name: "街道中心" }, at: "2026-11-23T10:00:00+08:00", ...more,
});

describe("the position page", () => {
  it("says what to do now, at every place in the line", () => {
    const said = [
      at({}), at({ ahead: 3 }), at({ ahead: 0 }), at({ state: "called", window: "5" }), at({ state: "serving", window: "5" }), at({ state: "parked" }),
      at({ state: "missed", return_until: "2026-11-23T10:20:00+08:00" }), at({ state: "missed", return_until: "2026-11-23T09:59:00+08:00" }),
      at({ state: "missed" }), at({ state: "finished" }), at({ state: "left" }),
    ].map((one) => sayOf(one, NOW));
    expect(said).toEqual(["wait", "soon", "next", "called", "serving", "parked", "missed", "gone", "gone", "finished", "left"]);
  });

  it("asks more often when the turn is near", () => {
    expect([everyMs(at({ ahead: 40 })), everyMs(at({ ahead: 4 })), everyMs(at({ state: "called" })), everyMs(null)]).toEqual([10_000, 5_000, 5_000, 5_000]);
  });
});

describe("the portal's addresses", () => {
  it("lead to their pages, a code in the last part", () => {
    expect(["/p/", "/p/track/", "/p/q", "/p/book", "/p/t/7KQ2MFXD", "/p/b/AB12CD34", "/p/t/", "/p/x"].map((path) => placeOf(path).page)).toEqual(["home", "track", "take", "book", "ticket", "booking", "lost", "lost"]);
    expect(placeOf("/p/t/7KQ2MFXD").code).toBe("7KQ2MFXD");
  });
});

describe("an appointment", () => {
  it("needs type, slot, name and phone, named in the order of the form", () => {
    const form = { queue: "", day: "2026-11-24", start: "", name: " 林", phone: "123" };
    expect(errorsOf(form)).toEqual(["type", "slot", "name", "phone"]);
    expect(errorsOf({ queue: "q", day: "2026-11-24", start: "2026-11-24T09:00:00+08:00", name: "林晓雨", phone: "199 0000 1234" })).toEqual([]);
  });

  it("is given back until its hour of cancelling", () => {
    const booking = { state: "booked", cancel_until: "2026-11-23T10:00:01+08:00" } as Booking;
    expect([cancellable(booking, NOW), cancellable(booking, NOW + 2_000), cancellable({ ...booking, state: "cancelled" }, NOW)]).toEqual([true, false, false]);
  });
});
