import { describe, expect, it } from "vitest";
import { fits, found, initials } from "@/staff/parts/palette";

describe("finding an entry of the palette", () => {
  it("reads the Pinyin initials of what stands there", () => {
    expect(initials("工作台")).toBe("gzt");
    expect(initials("办不成事 A12")).toBe("bbcsa12");
    expect(initials("安二哦区")).toBe("aeoq");
  });

  it("prefers words to initials and those to scattered letters", () => {
    const whole = fits("board", "board")!;
    const short = fits("gzt", "工作台")!;
    const loose = fits("brd", "board")!;

    expect(whole).toBeGreaterThan(short);
    expect(short).toBeGreaterThan(loose);
  });

  it("takes full-width digits and spaces for what they mean", () => {
    expect(fits("１８６６", "BCS-20261120-1866")).not.toBeNull();
    expect(fits("派 发", "派发")).not.toBeNull();
  });

  it("leaves out what does not fit, and keeps the order of equals", () => {
    const pages = [{ label: "办件" }, { label: "大厅" }, { label: "办结" }];

    expect(found("办", pages)).toEqual([{ label: "办件" }, { label: "办结" }]);
    expect(found("zzz", pages)).toEqual([]);
    expect(found("", pages)).toEqual(pages);
  });

  it("finds by the hint too: a case by the end of its number", () => {
    expect(found("1866", [{ label: "一代身份证", hint: "BCS-20261120-1866" }])).toHaveLength(1);
  });
});
