import { describe, expect, it } from "vitest";
import { startI18n } from "@/shared/i18n";
import { catalogue as loaders } from "./catalogue";
import { factsOf, partsOf } from "@/staff/features/work/facts";
import { blankOf, bodyOf, missingIn, type FormField } from "@/staff/features/work/fields";
import { workHeading } from "@/staff/features/work/timeline";
import { bodyOfStep, stepFields } from "@/staff/features/meetings/forms";
import type { Meeting } from "@/staff/features/meetings/queries";

const field = (name: string, input: string, more: Partial<FormField> = {}): FormField => ({ name, input, needed: true, several: false, most: 0, least: 0, options: [], parts: [], ...more });
const PLAN = field("plan", "group", { several: true, parts: [field("place", "line"), field("person", "line", { needed: false })] });

describe("a form of work", () => {
  it("begins a needed list with one row and names what is missing in it", () => {
    const values = blankOf([PLAN, field("voluntary", "switch")]);

    expect(values).toEqual({ plan: [{ place: "", person: "" }], voluntary: false });
    expect(missingIn([PLAN], values)).toEqual(["plan.0.place"]);
  });

  it("sends numbers as numbers, moments in the hall's zone, lines as a list, and nothing for nothing", () => {
    const fields = [field("days", "days", { needed: false }), field("at", "moment"), field("participants", "line", { several: true }), field("basis", "line", { needed: false }), PLAN];
    const values = { days: "5", at: "2026-11-23T09:30", participants: "owner\n\n agent ", basis: " ", plan: [{ place: "A", person: "" }] };

    expect(bodyOf(fields, values)).toEqual({ days: 5, at: "2026-11-23T09:30:00+08:00", participants: ["owner", "agent"], plan: [{ place: "A" }] });
  });
});

describe("words of work", () => {
  it("says what a file holds in the reader's language", async () => {
    await startI18n(loaders, "zh-CN");
    const file = { asked: { how: "phone", agreed: true, on: "2026-11-23", post: "id" }, reports: [{ number: 1, outcome: "skipped" }], finished: null };

    expect(factsOf("home_visit", file.asked).map((fact) => fact.text)).toEqual(["电话", "是", "11月23日"]);
    expect(partsOf("assist", { reports: file.reports, finished: null })).toEqual([{ name: "reports", label: "逐步结果", rows: [[{ name: "number", label: "第几步", text: "1" }, { name: "outcome", label: "完成情况", text: "不用做" }]] }]);
  });

  it("heads a line of a case's history", async () => {
    await startI18n(loaders, "zh-CN");

    expect(workHeading("work.opinion", { asked: ["民政科", "公安科"], number: "" })).toBe("征求意见 · 民政科 · 公安科");
    expect(workHeading("work.opinion.no_reply", {})).toBe("征求意见 · 到期未复");
    expect(workHeading("meeting.sign", { number: "〔2026〕3号", unit: "民政科" })).toBe("会签 · 〔2026〕3号 · 民政科");
    expect(workHeading("reply", {})).toBeNull();
  });
});

describe("a step of a meeting", () => {
  const meeting = { agenda: [{ id: "c", number: "B-1", title: "x" }], seats: [{ unit: "a", name: "A", present: true }, { unit: "b", name: "B", present: false }] } as unknown as Meeting;

  it("puts down every seat when attendance is recorded", () => {
    expect(bodyOfStep("hold", { present_units: ["a"] }, meeting)).toEqual({ attendance: [{ unit: "a", present: true }, { unit: "b", present: false }] });
  });

  it("asks whoever keeps the record for the unit, and a unit's own people not", () => {
    expect(stepFields("opine", meeting, undefined).map((one) => one.name)).toEqual(["unit", "position", "text"]);
    expect(stepFields("opine", meeting, "a").map((one) => one.name)).toEqual(["position", "text"]);
  });
});
