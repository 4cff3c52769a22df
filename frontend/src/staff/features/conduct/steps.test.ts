import { describe, expect, it } from "vitest";
import { blank, bodyOf, ready, STEPS } from "./steps";

const form = (step: string) => STEPS.find((one) => one.step === step)!;

describe("the forms of a sealed file", () => {
  it("asks for what the server needs before anything is sent", () => {
    const finding = form("finding");
    const values = blank(finding);
    expect(ready(finding, values)).toBe(false);
    Object.assign(values, { result: "partly", text: "部分属实" });
    expect(ready(finding, values)).toBe(true);
  });

  it("leaves out what was left empty", () => {
    const measure = form("measures");
    const values = { ...blank(measure), kind: "talk", subject: "外单位的人", text: " 约谈 " };
    expect(bodyOf(measure, values)).toEqual({ kind: "talk", subject: "外单位的人", text: "约谈", served: false });
  });

  it("releases to somebody only", () => {
    const release = form("release");
    expect(ready(release, { ...blank(release), text: "自查" })).toBe(false);
    expect(ready(release, { units: ["u"], text: "自查" })).toBe(true);
  });
});
