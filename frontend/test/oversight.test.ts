import { beforeAll, describe, expect, it } from "vitest";
import { startI18n } from "@/shared/i18n";
import { catalogue as loaders } from "./catalogue";
import { noticeTarget, noticeText } from "@/staff/features/notices/words";
import type { Notice } from "@/staff/features/notices/queries";
import { blankOrder, orderBody, orderReady } from "@/staff/features/oversight/order-words";
import { later, mondayOf, weekOf } from "@/staff/features/oversight/week";

const notice = (kind: string, params: Record<string, unknown>, subject = "case"): Notice => ({
  id: "n", kind, subject, subject_id: "c1", number: "BCS-1", params, at: "2026-03-09T09:00:00+08:00", read_at: null,
});

describe("notices", () => {
  beforeAll(() => startI18n(loaders, "zh-CN"));

  it("words codes and moments of a card", () => {
    const params = { stage: "resolve", level: "red", owner: "民政科", due_at: "2026-03-09T17:30:00+08:00", card: "k1" };

    expect(noticeText(notice("oversight.card", params))).toBe("BCS-1 办理时限亮红牌：民政科，3月9日 17:30 到期");
    expect(noticeTarget(notice("oversight.card", params))).toBe("/oversight/cards?id=k1");
  });

  it("says something useful about a kind it does not know", () => {
    expect(noticeText(notice("later.kind", {}))).toBe("BCS-1 有新情况");
    expect(noticeText(notice("later.kind", {}, "thing"))).toBe("有一条新消息");
    expect(noticeTarget(notice("later.kind", {}, "thing"))).toBeNull();
  });
});

describe("oversight", () => {
  beforeAll(() => startI18n(loaders, "zh-CN"));

  it("starts a week on Monday, also over a new year", () => {
    expect(mondayOf("2026-11-22")).toBe("2026-11-16");
    expect(mondayOf("2026-11-23")).toBe("2026-11-23");
    expect(weekOf("2026-12-28")).toEqual(["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"]);
    expect(later("2026-03-01", -1)).toBe("2026-02-28");
  });

  it("sends an order without days when none were chosen", () => {
    const words = { ...blankOrder(), reason_code: "overdue", text: " 超期 ", wanted: "办结" };

    expect(orderReady(blankOrder())).toBe(false);
    expect(orderReady(words)).toBe(true);
    expect(orderBody(words)).toEqual({ reason_code: "overdue", text: "超期", wanted: "办结" });
    expect(orderBody({ ...words, days: "3" })).toEqual({ reason_code: "overdue", text: "超期", wanted: "办结", days: 3 });
  });
});
