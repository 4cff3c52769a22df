import { describe, expect, it } from "vitest";
import { byRelevance, pairs } from "@/staff/features/case/relevance";

const ARTICLES = [
  "不动产登记暂行条例 权属存在争议的，不动产登记机构应当不予登记",
  "社会保险法 参加基本养老保险的个人，达到法定退休年龄时累计缴费满十五年的，按月领取基本养老金",
  "行政许可法 申请人的申请符合法定条件的，应当作出准予行政许可的书面决定",
];

describe("how near an article is to a case", () => {
  it("takes pairs inside runs of characters only", () => {
    expect([...pairs("养老金，A1缴费")]).toEqual(["养老", "老金", "缴费"]);
  });

  it("puts pension law first for a pension case", () => {
    const order = byRelevance("缴费满十二年，要求今年就按月领养老金", ARTICLES, (text) => text);

    expect(order[0]?.item).toContain("社会保险法");
  });

  it("keeps the given order where nothing is shared", () => {
    const order = byRelevance("abc", ARTICLES, (text) => text);

    expect(order.map((one) => one.item)).toEqual(ARTICLES);
    expect(order.every((one) => one.score === 0)).toBe(true);
  });
});
