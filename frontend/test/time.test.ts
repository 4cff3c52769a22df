import { beforeAll, beforeEach, describe, expect, it, vi, afterEach } from "vitest";
import { effectScope } from "vue";
import { startI18n, setLocale } from "@/shared/i18n";
import { clockOffset, serverNow, syncClock, useSecondsUntil } from "@/shared/time/clock";
import { clockTime, countdown, day, dayTime, isoDay, shortTime, span, stopwatch } from "@/shared/time/format";
import { catalogue as loaders } from "./catalogue";

beforeAll(() => startI18n(loaders, "zh-CN"));

describe("times on screen", () => {
  it("are Shanghai times whatever the offset they came with", () => {
    expect(clockTime("2026-11-21T16:30:00Z")).toBe("00:30");
    expect(isoDay("2026-11-21T16:30:00Z")).toBe("2026-11-22");
    expect(dayTime("2026-11-21T12:20:00+08:00")).toBe("11月21日 12:20");
  });

  it("leave the day out when it is today", () => {
    const now = Date.parse("2026-11-21T23:59:00+08:00");

    expect(shortTime("2026-11-21T00:01:00+08:00", now)).toBe("00:01");
    expect(shortTime("2026-11-20T23:59:00+08:00", now)).toBe("11月20日 23:59");
  });

  it("name a date and its weekday in the person's language", async () => {
    expect(day("2026-11-27", true)).toBe("11月27日周五");

    await setLocale("en");
    expect(day("2026-11-27", true)).toBe("Fri, Nov 27");
    await setLocale("zh-CN");
  });

  it("count seconds, minutes, hours and days", () => {
    expect([countdown(2512), countdown(-11_715), countdown(90_000), stopwatch(372), stopwatch(3_725)]).toEqual(["00:41:52", "03:15:15", "25:00:00", "06:12", "01:02:05"]);
    expect([span(59), span(2_512), span(21_540), span(21_600), span(180_000), span(172_800)]).toEqual(["0 分", "41 分", "5 小时 59 分", "6 小时", "2 天 2 小时", "2 天"]);
  });
});

describe("server clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse("2026-11-21T12:00:00+08:00") });
  });
  afterEach(() => {
    syncClock(Date.now());
    vi.useRealTimers();
  });

  it("corrects a device that is ten minutes slow", () => {
    syncClock("2026-11-21T12:10:00+08:00");

    expect(clockOffset()).toBe(600_000);
    expect(serverNow()).toBe(Date.parse("2026-11-21T12:10:00+08:00"));
  });

  it("drives a countdown with it, every second", () => {
    syncClock("2026-11-21T12:10:00+08:00");
    const scope = effectScope();
    const left = scope.run(() => useSecondsUntil(() => "2026-11-21T12:11:00+08:00"))!;

    expect(left.value).toBe(60);
    vi.advanceTimersByTime(61_000);
    expect(left.value).toBe(-1);
    scope.stop();
  });
});
