import { describe, expect, it } from "vitest";
import type { CaseDetail } from "@/shared/api/types";
import { merged, mergeRows, wordsOf } from "@/staff/features/case/merging";
import { FORMS, type Values } from "@/staff/features/case/steps";
import type { Changes } from "@/staff/features/case/take-step";

const about = (given: object): CaseDetail => ({ triage: null, lead_unit: null, assist_units: [], ...given }) as unknown as CaseDetail;
const triage = (given: object) => about({ triage: { should_do: "yes", can_do: "yes", cause: "hard", blocking_reason: "B2", difficulty: "complex", note: "", ...given } });
const nothing: Changes = { from: "triaged", to: "triaged", entries: [] };
const MINE: Values = { should_do: "yes", can_do: "yes", cause: "hard", blocking_reason: "B3", difficulty: "complex", note: "两证姓名不一致" };

describe("two who filled in the same form", () => {
  it("are asked only where their answers differ", () => {
    const rows = mergeRows(FORMS.triage, MINE, triage({}), triage({ cause: "cannot", blocking_reason: "A1" }), nothing);

    expect(rows.map((row) => [row.field.name, row.base, row.theirs, row.mine, row.choice])).toEqual([
      ["cause", "hard", "cannot", "hard", "theirs"],
      ["blocking_reason", "B2", "A1", "B3", "mine"],
    ]);
  });

  it("keep both texts unless one is chosen", () => {
    const rows = mergeRows(FORMS.triage, MINE, triage({}), triage({ note: "已电话核实" }), nothing);

    expect(rows.map((row) => row.choice)).toEqual(["both"]);
    expect(merged(MINE, rows).note).toBe("已电话核实\n两证姓名不一致");
    expect(merged(MINE, [{ ...rows[0]!, choice: "mine" }]).note).toBe("两证姓名不一致");
    expect(merged(MINE, [{ ...rows[0]!, choice: "theirs" }]).note).toBe("已电话核实");
  });

  it("see the note that the other left with the same step", () => {
    const entry = { kind: "dispatch", note: "请先核对底册" } as Changes["entries"][number];
    const mine: Values = { lead_unit: "u1", assist_units: [], note: "请从速" };
    const rows = mergeRows(FORMS.dispatch, mine, about({}), about({ lead_unit: { id: "u2", name: "城建科" } }), { from: "triaged", to: "dispatched", entries: [entry] });

    expect(rows.map((row) => [row.field.name, row.theirs, row.mine])).toEqual([["lead_unit", "u2", "u1"], ["note", "请先核对底册", "请从速"]]);
  });

  it("lose nothing where the step is not possible any more: the words can become a note", () => {
    expect(wordsOf(FORMS.deliver, { method: "sms", text: " 请来领证 ", materials_returned: "原件两份" })).toBe("请来领证\n原件两份");
  });
});
