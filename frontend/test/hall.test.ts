import { describe, expect, it } from "vitest";
import { staleKeys } from "@/shared/live/patch";
import { awake, heights } from "@/staff/features/board/live";
import { tidy } from "@/staff/features/reception/record";
import { hoursOf, hoursText } from "@/staff/features/setup/queries";
import { healthOf } from "@/staff/features/screens/queries";
import type { Quarter } from "@/staff/queue-types";

const quarter = (start: string, issued = 0, waiting = 0): Quarter => ({ start, issued, called: 0, served: 0, waiting, wait_mean_seconds: null, open_windows: 0 });

describe("the load of a day", () => {
  it("draws the waking part of it, a quarter before and after", () => {
    const day = [quarter("08:00"), quarter("08:15"), quarter("08:30", 4, 2), quarter("08:45"), quarter("09:00", 0, 1), quarter("09:15"), quarter("09:30")];
    expect(awake(day).map((one) => one.start)).toEqual(["08:15", "08:30", "08:45", "09:00", "09:15"]);
    expect(awake([quarter("08:00")])).toEqual([]);
  });

  it("draws bars against the busiest quarter, and none for an empty day", () => {
    expect(heights([quarter("a", 2), quarter("b", 8), quarter("c")], (one) => one.issued)).toEqual([25, 100, 0]);
    expect(heights([quarter("a")], (one) => one.issued)).toEqual([0]);
  });
});

describe("a screen of the hall", () => {
  it("is well, silent, never heard of, or ended", () => {
    const now = Date.parse("2026-11-23T10:00:00+08:00");
    const heard = (at: string | null, ended: string | null = null) => healthOf({ last_seen_at: at, revoked_at: ended }, now);
    expect([heard("2026-11-23T09:58:00+08:00"), heard("2026-11-23T09:57:59+08:00"), heard(null), heard(null, "2026-11-23T09:00:00+08:00")]).toEqual(["well", "silent", "never", "ended"]);
  });
});

describe("a record of the reception", () => {
  it("leaves out what nobody said", () => {
    expect(tidy({ kind: "greeting", matter: "x", note: "", queue: "", checklist: [], direction: "desk" })).toEqual({ kind: "greeting", matter: "x", direction: "desk" });
  });
});

describe("live topics of the hall", () => {
  it("make alarms, screens and appointments old", () => {
    expect([staleKeys("alarm"), staleKeys("devices")]).toEqual([[["alarms"], ["board"]], [["devices"]]]);
    expect(staleKeys("queue")).toContainEqual(["appointments"]);
  });
  it("make the set-up old when items or people change", () => {
    expect(["desk", "staff"].map((topic) => staleKeys(topic).some(([key]) => key === "setup"))).toEqual([true, true]);
  });
});

describe("a line's hours", () => {
  it("are read as typed, with Chinese punctuation, and told to midnight", () => {
    expect(hoursOf("08:30-12:00，13:30–17:00")).toEqual([["08:30", "12:00"], ["13:30", "17:00"]]);
    expect(hoursOf("")).toEqual([]);
    expect([hoursOf("8:30-12:00"), hoursOf("12:00-08:30"), hoursOf("08:30"), hoursOf("25:00-26:00")]).toEqual([null, null, null, null]);
    expect(hoursText([["08:30", "12:00"], ["13:30", "00:00"]])).toBe("08:30-12:00 13:30-24:00");
  });
});
