import { mount, flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startI18n } from "@/shared/i18n";
import { loaders } from "@/portal/i18n";
import { EVERY_MS, isStale } from "@/portal/features/track/poll";
import { check, isLate, tidyCode, tidyNumber, unitsShown, type Tracked, type TrackStep } from "@/portal/features/track/track";
import TrackSteps from "@/portal/features/track/TrackSteps.vue";
import TrackForm from "@/portal/features/track/TrackForm.vue";
import { pageOf } from "@/portal/route";

const FOUND: Tracked = {
  number: "BCS-20261121-0137", title: "x", state: "in_progress", steps: [], promised_on: "2026-11-24", responsible: null, words: { open: true, awaited: false, last_at: null }, files: { open: false, takes: [], most: 10 }, identity_seen: 0,
};

function answer(status: number, body: object): void {
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } }))));
}
beforeEach(() => startI18n(loaders, "zh-CN"));
afterEach(() => vi.unstubAllGlobals());

describe("what may be typed", () => {
  it("accepts a number without dashes, in small letters, with spaces or full-width digits", () => {
    for (const raw of ["BCS-20261121-0137", "bcs202611210137", " BCS 20261121 0137", "ＢＣＳ－２０２６１１２１－０１３７", "BCS–20261121–0137"]) {
      expect(tidyNumber(raw)).toBe("BCS-20261121-0137");
    }
    expect(tidyCode("480 217")).toBe("480217");
    expect(tidyCode("４８０２１７")).toBe("480217");
  });

  it("names each missing or malformed field", () => {
    expect(check("", "")).toEqual({ number: "number_missing", code: "code_missing" });
    expect(check("137", "48021")).toEqual({ number: "number_form", code: "code_form" });
    expect(check("BCS-20261121-0137", "480217")).toEqual({});
  });
});

describe("the form", () => {
  async function send(number: string, code: string) {
    const form = mount(TrackForm, { attachTo: document.body });
    await form.find("#track-number").setValue(number);
    await form.find("#track-code").setValue(code);
    await form.find("form").trigger("submit");
    await flushPromises();
    return form;
  }

  it("moves focus to a summary whose links lead to the fields, and sends nothing", async () => {
    answer(200, FOUND);
    const form = await send("", "12");
    const summary = form.find('[data-testid="error-summary"]');
    expect(document.activeElement).toBe(summary.element);
    expect(summary.findAll("a").map((link) => link.attributes("href"))).toEqual(["#track-number", "#track-code"]);
    await summary.findAll("a")[1]!.trigger("click");
    expect(document.activeElement?.id).toBe("track-code");
    expect(form.find("#track-code").attributes("aria-invalid")).toBe("true");
    expect(document.title.startsWith("有误")).toBe(true);
    expect(fetch).not.toHaveBeenCalled();
    form.unmount();
  });

  it("turns off the browser's own bubbles", async () => {
    const form = mount(TrackForm);
    expect(form.find("form").attributes("novalidate")).toBeDefined();
  });

  it("says the same for an unknown number and a wrong code, and keeps what was typed", async () => {
    answer(404, { code: "portal.not_found" });
    const form = await send("BCS-20261121-0137", "111111");
    expect(form.find('[data-testid="error-summary"]').text()).toContain("没有查到。请核对编号和查询码后再试。");
    expect((form.find("#track-number").element as HTMLInputElement).value).toBe("BCS-20261121-0137");
    form.unmount();
  });

  it("answers too many tries in the same tone, without blame", async () => {
    answer(429, { code: "portal.too_many" });
    const form = await send("BCS-20261121-0137", "111111");
    expect(form.find('[data-testid="error-summary"]').text()).toContain("请过几分钟核对编号和查询码后再试。");
    form.unmount();
  });

  it("hands on the case that was found", async () => {
    answer(200, FOUND);
    const form = await send("bcs20261121 0137", "480 217");
    expect(form.emitted("found")).toEqual([[FOUND]]);
    const sent = vi.mocked(fetch).mock.calls[0]![1]!;
    expect(JSON.parse(String(sent.body))).toEqual({ number: "BCS-20261121-0137", code: "480217" });
    form.unmount();
  });
});

describe("age of what is shown", () => {
  it("is told after one failed look, or when two looks brought nothing", () => {
    expect(isStale(null, 0, false)).toBe(false);
    expect(isStale(1_000, 1_000 + 2 * EVERY_MS, false)).toBe(false);
    expect(isStale(1_000, 1_000 + 3 * EVERY_MS, false)).toBe(true);
    expect(isStale(1_000, 2_000, true)).toBe(true);
  });

  it("calls a broken promise by its name, from the day after on, until there is an answer", () => {
    expect(isLate(FOUND, "2026-11-24")).toBe(false);
    expect(isLate(FOUND, "2026-11-25")).toBe(true);
    expect(isLate({ ...FOUND, state: "delivered" }, "2026-11-25")).toBe(false);
  });
});

describe("addresses", () => {
  it("knows the home and the case page, with or without a last slash", () => {
    expect(["/p/", "/p", "/p/track", "/p/track/", "/p/other"].map(pageOf)).toEqual(["home", "home", "track", "track", "lost"]);
  });
});

describe("progress", () => {
  const step = (key: string, unit: string, done: boolean, current = false): TrackStep => ({ key, label_code: `track.${key}`, at: null, unit, done, current });
  const STEPS = [step("registered", "窗口", true), step("triaged", "窗口", true), step("referred", "滨河街道", true), step("referral_accepted", "青禾区", false, true), step("delivered", "窗口", false)];

  it("names a unit only where another one takes over", () => {
    expect(unitsShown(STEPS)).toEqual(["窗口", null, "滨河街道", "青禾区", "窗口"]);
  });

  it("tells what is done as done and what is to come as a task, with the hall of a referral", () => {
    const list = mount(TrackSteps, { props: { steps: STEPS, promise: "承诺 11月24日 前答复" } });
    const items = list.findAll("li").map((item) => [item.attributes("data-state"), item.find(".steps__label").text()]);
    expect(items[2]).toEqual(["done", "已转上级大厅：滨河街道 （已完成）"]);
    expect(items[3]).toEqual(["current", "上级大厅接收：青禾区 （当前）"]);
    expect(items[4]).toEqual(["next", "答复您：窗口 （下一步）"]);
    expect(list.find('[aria-current="step"]').text()).toContain("承诺 11月24日 前答复");
  });
});
