import { enableAutoUnmount, mount } from "@vue/test-utils";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { nextTick } from "vue";
import { startI18n } from "@/shared/i18n";
import SlaBadge from "@/shared/ui/SlaBadge.vue";
import { elapsedShare, slaState } from "@/shared/ui/sla";
import { catalogue as loaders } from "./catalogue";

enableAutoUnmount(afterEach);

const NOON = Date.parse("2026-11-21T12:00:00+08:00");
beforeAll(() => startI18n(loaders, "zh-CN"));
beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a deadline's badge", () => {
  it.each([
    [{ card: "green", dueAt: "2026-11-21T18:00:00+08:00" }, "normal", "正常 · 余 6 小时"],
    [{ card: "yellow", dueAt: "2026-11-21T12:41:30+08:00" }, "yellow", "黄牌 · 余 41 分"],
    [{ card: "red", dueAt: "2026-11-21T08:45:00+08:00" }, "red", "红牌 · 超 03:15"],
    [{ card: "orange", dueAt: "2026-11-21T17:00:00+08:00" }, "orange", "今日到期 · 余 5 小时"],
    [{ card: "black", dueAt: "2026-11-19T09:00:00+08:00" }, "black", "督办 · 超 2 天 3 小时"],
    [{ card: "yellow", dueAt: "2026-11-21T11:30:00+08:00" }, "yellow", "黄牌 · 超 00:30"],
    [{ card: "red", dueAt: "2026-11-20T12:00:00+08:00", closed: true }, "done", "已办结"],
    [{ card: "yellow", dueAt: "2026-11-21T12:41:00+08:00", paused: true }, "hold", "挂起"],
    [{ card: null, dueAt: "2027-10-08T09:00:00+08:00", provisional: true }, "normal", "正常 · 余 320 天 21 小时 · 暂定"],
  ] as const)("%o is %s: %s", (props, state, words) => {
    const badge = mount(SlaBadge, { props: { ...props } });

    expect(badge.attributes("data-state")).toBe(state);
    expect(badge.text().replace(/\s+/g, " ")).toBe(words);
    expect(badge.find("svg").attributes("aria-hidden")).toBe("true");
  });

  it("turns from due today to red while somebody watches", async () => {
    const badge = mount(SlaBadge, { props: { card: "orange", dueAt: "2026-11-21T12:00:02+08:00" } });
    expect(badge.attributes("data-state")).toBe("orange");

    vi.advanceTimersByTime(3_000);
    await nextTick();

    expect(badge.attributes("data-state")).toBe("red");
  });

  it("is decided by the server; a short stage that runs out meanwhile turns yellow (domain.md §3.6)", () => {
    expect(slaState({ card: "yellow", dueAt: "2026-11-30T12:00:00+08:00" }, NOON)).toBe("yellow");
    expect(slaState({ card: "green", dueAt: "2026-11-21T11:59:00+08:00" }, NOON)).toBe("yellow");
    expect(slaState({ card: null, dueAt: null }, NOON)).toBe("normal");
  });

  it("shows how much of the time is used, never less than none nor more than all", () => {
    const [start, due] = ["2026-11-21T09:00:00+08:00", "2026-11-21T13:00:00+08:00"];

    expect(elapsedShare(start, due, NOON)).toBe(0.75);
    expect(elapsedShare(due, "2026-11-21T15:00:00+08:00", NOON)).toBe(0);
    expect(elapsedShare("2026-11-21T08:00:00+08:00", start, NOON)).toBe(1);
  });
});
