import { beforeAll, describe, expect, it } from "vitest";
import { startI18n } from "@/shared/i18n";
import { cellLines, cellText, sizeText, type Cell } from "@/staff/features/ledger/cells";
import { filterText } from "@/staff/features/ledger/filter-words";
import { addressOf, holds } from "@/staff/features/ledger/look";
import type { View } from "@/staff/features/ledger/queries";
import { catalogue } from "./catalogue";

const VIEW: View = {
  id: "v", version: 1, name: "n", team: false, filters: { cause: "hard", due: "overdue" }, columns: ["case_no", "want"], sort: "", owner_name: "o", mine: true, may: [],
};
const hard = (said = ""): Cell => ({ words: "cause", code: "hard", said });

describe("C-38: a cell in words", () => {
  beforeAll(() => startI18n(catalogue, "zh-CN"));

  it.each<[Cell, string]>([
    [null, ""], ["BCS-1", "BCS-1"], [0, "0"], [true, "\u662f"], [{ on: "2026-03-09" }, "2026-03-09"],
    [{ at: "2026-03-02T02:00:00+00:00" }, "2026-03-02 10:00"], [hard(), "\u5f88\u96be\u529e"],
    [{ words: "cause", code: "new", said: "\u65b0" }, "\u65b0"], [{ together: ["\u77ed\u4fe1", { on: "2026-03-02" }] }, "\u77ed\u4fe1 \u00b7 2026-03-02"],
  ])("%j", (cell, text) => {
    expect(cellText(cell)).toBe(text);
  });

  it("puts each of several facts on a line of its own", () => {
    expect(cellLines({ several: ["a", { together: ["b", 2] }] })).toEqual(["a", "b \u00b7 2"]);
    expect(cellLines(null)).toEqual([]);
  });

  it("says filters in words, and the names behind ids", () => {
    const names = new Map([["u1", "\u6c11\u653f\u79d1"]]);

    expect(filterText({ cause: "hard", department: "u1", mine: "true", reopened: "false", state: "closed,signed" }, names)).toEqual([
      "\u539f\u56e0\u5206\u7c7b \u5f88\u96be\u529e", "\u627f\u529e\u5355\u4f4d \u6c11\u653f\u79d1", "\u53ea\u770b\u6211\u8d1f\u8d23\u7684", "\u91cd\u529e\u8fc7 \u5426",
      "\u72b6\u6001 \u5df2\u529e\u7ed3\u3001\u5df2\u7b7e\u6536",
    ]);
    expect([sizeText(12_000), sizeText(3_500_000)]).toEqual(["12 KB", "3.3 MB"]);
  });
});

describe("C-38: a saved view", () => {
  it("is what is looked at, whatever the order of filters and columns", () => {
    const look = { filters: { due: "overdue", cause: "hard" }, columns: ["want", "case_no"], sort: "" };

    expect(holds(VIEW, look)).toBe(true);
    expect(holds(VIEW, { ...look, sort: "due_at" })).toBe(false);
    expect(holds(VIEW, { ...look, filters: { cause: "hard" } })).toBe(false);
  });

  it("has an address of its own", () => {
    expect(addressOf(VIEW)).toEqual({ view: "v", cause: "hard", due: "overdue", columns: "case_no,want", sort: undefined });
  });
});
