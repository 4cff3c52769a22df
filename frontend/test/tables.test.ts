import { describe, expect, it } from "vitest";
import { nextLeaf, nextOwn, rowsOf, tableOf } from "@/staff/features/time/tables";

describe("tables among the parameters", () => {
  it("come back as they were", () => {
    const rules = { market: { channel: "12315" }, own_1: { reason: "x", channel: "y" } };
    expect(tableOf("acceptance", rowsOf("acceptance", rules))).toEqual(rules);
    expect(tableOf("blocking", rowsOf("blocking", { B21: "材料被误收" }))).toEqual({ B21: "材料被误收" });
  });

  it("keep the other languages where somebody worded them", () => {
    const added = { B21: { "zh-CN": "材料被误收", en: "Papers taken by mistake" }, C21: "网络慢" };
    expect(tableOf("blocking", rowsOf("blocking", added))).toEqual(added);
    expect(rowsOf("acceptance", { own_1: { reason: { "zh-CN": "甲", "zh-TW": "乙" }, channel: "丙" } })).toEqual([{ code: "own_1", first: "甲", second: "丙", others: { "zh-TW": "乙" } }]);
    expect(tableOf("blocking", [{ code: "B21", first: "甲", second: "", others: { en: " " } }])).toEqual({ B21: "甲" });
  });

  it("leave out what is half filled in", () => {
    expect(tableOf("blocking", [{ code: "A21", first: " ", second: "", others: {} }])).toEqual({});
    expect(tableOf("sections", [{ code: "", first: "x", second: "", others: {} }])).toEqual({});
    expect(tableOf("acceptance", [{ code: "own_1", first: "", second: "", others: {} }])).toEqual({});
  });

  it("give codes that nobody has", () => {
    expect(nextLeaf("A", ["A1", "A21"])).toBe("A22");
    expect(nextLeaf("A", Array.from({ length: 99 }, (_, n) => `A${n + 1}`))).toBe("");
    expect(nextOwn(["own_1", "market"])).toBe("own_2");
  });
});
