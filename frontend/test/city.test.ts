import { beforeAll, describe, expect, it } from "vitest";
import { startI18n } from "@/shared/i18n";
import type { Comparison, HallRow, Standing } from "@/staff/features/city/answers";
import { fraction, minutes, share } from "@/staff/features/city/figures";
import { daysOf, weekStarts } from "@/staff/features/city/period";
import { groupMean, groupsOf, heatValue, scaleOf } from "@/staff/features/city/rows";
import { elapsed, tally, toneOf } from "@/staff/features/board/windows";
import { catalogue as loaders } from "./catalogue";
import type { Window } from "@/shared/api/types";

beforeAll(() => startI18n(loaders, "zh-CN"));

const rate = (x: number, n: number, more: Partial<Standing> = {}): Standing => ({
  x, n, value: n >= 10 ? x / n : null, shrunk: n ? (x + 20 * 0.85) / (n + 20) : null, low: n ? 0.7 : null, high: n ? 0.95 : null,
  band: n >= 10 ? "same" : "small", rank: n >= 10 ? [1, 3] : null, ...more,
});
const hall = (name: string, peer: string, onTime: Standing, more: Partial<HallRow> = {}): HallRow => ({
  id: name, name, level: "street", peer_group: peer, receptions: 3, cases: 2, yellow: 1, red: 0, trend: null, on_time: onTime, substantive: onTime,
  window_load: { value: 0.5, n: 20, low: 0.4, high: 0.6 }, wait: { mean: 600, p50: 500, p90: 900, n: 30, low: 500, high: 700 }, ...more,
});
const found = (halls: HallRow[]): Comparison => ({
  from: "2026-10-24", to: "2026-11-22", updated_at: null, halls, minimum_sample: 10, notes: {},
  network: {
    receptions: 0, cases: 0, yellow: 0, red: 0, on_time: rate(90, 100), substantive: rate(90, 100),
    window_load: { value: 0.5, n: 20, low: null, high: null }, wait: { mean: 600, p50: null, p90: null, n: 9, low: null, high: null },
  },
});

describe("comparison of halls", () => {
  it("puts every hall into its own peer group, city first", () => {
    const groups = groupsOf(found([hall("a", "street-centre", rate(9, 10)), hall("b", "city-main", rate(9, 10)), hall("c", "street-centre", rate(8, 10))]), "on_time");
    expect(groups.map((group) => [group.key, group.rows.map((row) => row.name)])).toEqual([["city-main", ["b"]], ["street-centre", ["a", "c"]]]);
  });

  it("takes the mean of a group over all its cases, small halls included", () => {
    expect(groupMean([hall("a", "x", rate(18, 20)), hall("b", "x", rate(3, 4))], "on_time")).toBeCloseTo(21 / 24);
    expect(groupMean([hall("a", "x", rate(0, 0))], "on_time")).toBeNull();
  });

  it("shows the fraction instead of a percentage below the minimum sample, and no rank", () => {
    const row = groupsOf(found([hall("a", "x", rate(3, 4))]), "on_time")[0]!.rows[0]!;
    expect([row.value.text, row.rank, row.small]).toEqual(["3/4", "—", true]);
  });

  it("shows a dash, never 0 %, when nothing was counted", () => {
    const row = groupsOf(found([hall("a", "x", rate(0, 0))]), "on_time")[0]!.rows[0]!;
    expect(row.value.text).toBe("—");
    expect([share(null), minutes(null)]).toEqual(["—", "—"]);
  });

  it("never ranks waits or loads, and lists the shortest wait first", () => {
    const slow = hall("slow", "x", rate(9, 10), { wait: { mean: 900, p50: null, p90: null, n: 9, low: null, high: null } });
    const rows = groupsOf(found([slow, hall("quick", "x", rate(9, 10))]), "wait")[0]!.rows;
    expect(rows.map((row) => [row.name, row.rank, row.band])).toEqual([["quick", "—", "plain"], ["slow", "—", "plain"]]);
  });

  it("keeps the axis of a share within 0 and 100 %, and that of a wait in round minutes", () => {
    const one = found([hall("a", "x", rate(10, 10, { high: 1 }))]);
    expect(scaleOf(one, "on_time").max).toBeLessThanOrEqual(1);
    expect(scaleOf(one, "wait").step % 60).toBe(0);
  });

  it("turns good shares around for the heat table, so that dark always means look here", () => {
    expect(heatValue(0.9, "on_time")).toBeCloseTo(10);
    expect(heatValue(0.9, "window_load")).toBeCloseTo(90);
    expect(heatValue(300, "wait")).toBe(5);
    expect(heatValue(null, "wait")).toBeNull();
  });

  it("counts a partly solved case as one half in the fraction", () => {
    expect(fraction(1130.5, 1184)).toBe("1,130.5/1,184");
  });
});

describe("periods", () => {
  const now = Date.parse("2026-11-22T00:30:00+08:00");
  it("count both ends, in the halls' zone", () => {
    expect(daysOf("30", now)).toEqual({ from: "2026-10-24", to: "2026-11-22" });
    expect(daysOf("365", now).from).toBe("2025-11-23");
  });
  it("have twelve weeks, the last one ending on the last day", () => {
    const starts = weekStarts("2026-11-22");
    expect([starts.length, starts[0], starts[11]]).toEqual([12, "2026-08-31", "2026-11-16"]);
  });
});

describe("windows on the hall board", () => {
  const window = (state: Window["state"], ticket: string | null): Window => ({
    id: "w", number: "1", name: "", kind: "desk", state, state_reason: "", state_since: "2026-11-21T09:00:00+08:00", clerk: null, queues: [], parked: [], version: 1,
    current_ticket: ticket ? ({ state: ticket } as Window["current_ticket"]) : null,
  });
  it("are serving, called to, free, away or closed", () => {
    const seen = [window("open", "serving"), window("extended", "called"), window("open", null), window("away", null), window("paused", null), window("closed", null)];
    expect(seen.map(toneOf)).toEqual(["serving", "called", "free", "away", "away", "closed"]);
    expect(tally(seen)).toContainEqual({ tone: "away", n: 2 });
  });
  it("never show a negative time when clocks differ", () => {
    expect(elapsed("2026-11-22T12:00:10+08:00", Date.parse("2026-11-22T12:00:00+08:00"))).toBe(0);
  });
});
