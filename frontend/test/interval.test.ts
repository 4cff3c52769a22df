import { describe, expect, it } from "vitest";
import { bar, niceScale, place, ticks } from "@/shared/ui/interval";
import { heatClass, heatTop } from "@/shared/ui/heat";
import { sparkShape } from "@/shared/ui/spark";

describe("axis of the interval bars", () => {
  it("holds every value between round marks", () => {
    const scale = niceScale([0.886, 0.968, 0.87], { min: 0, max: 1 });
    expect(ticks(scale).map((mark) => mark.toFixed(2))).toEqual(["0.84", "0.88", "0.92", "0.96", "1.00"]);
  });

  it("never leaves the range of a share", () => {
    const scale = niceScale([0.42, 1], { min: 0, max: 1 });
    expect(scale.max).toBe(1);
    expect(scale.min).toBeGreaterThanOrEqual(0);
  });

  it("has a width even when all values are the same or none is known", () => {
    for (const values of [[0.9, 0.9], [1, 1], [0], []]) {
      const scale = niceScale(values, { min: 0, max: 1 });
      expect(scale.max).toBeGreaterThan(scale.min);
    }
  });

  it("places a value by its share of the axis and draws what lies outside at the edge", () => {
    const scale = { min: 0.84, max: 1, step: 0.04 };
    expect(place(scale, 0.92)).toBeCloseTo(0.5);
    expect(place(scale, 0.5)).toBe(0);
    expect(place(scale, 1.2)).toBe(1);
  });

  it("draws an interval from its lower to its upper end and says when it is cut", () => {
    const scale = { min: 0.8, max: 1, step: 0.05 };
    const drawn = bar(scale, 0.85, 0.95);
    expect(drawn.left).toBeCloseTo(0.25);
    expect(drawn.width).toBeCloseTo(0.5);
    expect(drawn.cutLow).toBe(false);
    expect(bar(scale, 0.7, 0.9)).toMatchObject({ left: 0, cutLow: true, cutHigh: false });
  });
});

describe("heat table", () => {
  it("shades by eighths of the top value and keeps outliers in the darkest class", () => {
    expect([0, 1.9, 7.9, 15, 40].map((value) => heatClass(value, 15))).toEqual([0, 1, 4, 7, 7]);
  });

  it("takes a round top that one outlier cannot stretch", () => {
    expect(heatTop([...Array.from({ length: 40 }, (_, i) => i / 4), 95])).toBe(10);
    expect(heatTop([null, 0])).toBe(1);
  });
});

describe("small weekly line", () => {
  it("breaks at a missing week instead of falling to zero", () => {
    const shape = sparkShape([1, 2, null, 2, 1], 60, 20);
    expect(shape.lines).toHaveLength(2);
    expect(shape.last).toEqual({ x: 57, y: 17 });
  });

  it("has no last point when the last week is missing", () => {
    expect(sparkShape([1, null], 60, 20).last).toBeNull();
    expect(sparkShape([null, null], 60, 20).lines).toEqual([]);
  });
});
