import { describe, expect, it } from "vitest";
import places from "../voice/map.json";
import { planOf, secondsOf } from "@/display/voice";
import { windowWords, wordsOf } from "@/display/words";

const call = { number: "A005", window: "2", seq: 1, at: "2026-11-23T09:00:00+08:00" };

describe("the voice of the display", () => {
  it("says “请 A 零 零 五 号 到 二 号窗口”, digit by digit", () => {
    expect(wordsOf(call, "zh")).toEqual(["please", "A", "d0", "d0", "d5", "number", "to", "d2", "window"]);
    expect(wordsOf(call, "en")).toEqual(["please", "A", "d0", "d0", "d5", "to", "d2"]);
  });

  it("says a window's number as a number: 十, 十二, 二十, 三十一, 一百, 一百零八, 一百一十", () => {
    const said = ["10", "12", "20", "31", "100", "108", "110"].map((window) => windowWords(window, "zh").join(" "));
    expect(said).toEqual(["ten", "ten d2", "d2 ten", "d3 ten d1", "d1 hundred", "d1 hundred d0 d8", "d1 hundred d1 ten"]);
    expect(windowWords("3A", "zh")).toEqual(["d3", "A"]);
    expect(windowWords("12", "en")).toEqual(["d1", "d2"]);
  });

  it("has a recording of every letter and digit in both languages, none over another", () => {
    for (const language of ["zh", "en"] as const) {
      const words = places[language] as unknown as Record<string, [number, number]>;
      for (const one of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ", ...[..."0123456789"].map((n) => `d${n}`)]) expect(words[one], one).toBeDefined();
      const spans = Object.values(words).sort((a, b) => a[0] - b[0]);
      spans.slice(1).forEach((span, i) => expect(span[0]).toBeGreaterThan(spans[i]![0] + spans[i]![1]));
    }
  });

  it("plays the words one after another and says how long the screen must wait", () => {
    const { parts, seconds } = planOf(call, "zh");
    expect(parts).toHaveLength(9);
    parts.slice(1).forEach((part, i) => expect(part.at).toBeGreaterThan(parts[i]!.at + parts[i]!.for));
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(8);
    expect(secondsOf(call, ["zh", "en"])).toBeGreaterThan(seconds);
  });
});
