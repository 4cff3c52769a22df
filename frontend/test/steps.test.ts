import { describe, expect, it } from "vitest";
import type { CaseDetail } from "@/shared/api/types";
import { changesBetween } from "@/staff/features/case/take-step";
import { bodyOf, FORMS, missingFields, orderedSteps } from "@/staff/features/case/steps";
import { blank, caseBody, mistakes, receptionBody } from "@/staff/features/desk/registration";

const NOTHING_SAID = { proof: "", received: "", tools: [], knowledge: "", value: "" };
const about = (state: string, closing: object = {}): CaseDetail =>
  ({ state, timeline: [], intake_steps: [], accountability: { closing: { ...NOTHING_SAID, ...closing } } }) as unknown as CaseDetail;

describe("the form of a step", () => {
  it("sends a refusal with its remedies nested and blanks left out", () => {
    const body = bodyOf(FORMS.refusal, {
      legal_basis: "L1", explanation: " reason ", approver: "p9", "remedy.review_body": "R", "remedy.litigation_court": "C", materials_needed: "",
    }, about("triaged"));

    expect(body).toEqual({ legal_basis: "L1", explanation: "reason", approver: "p9", remedy: { review_body: "R", litigation_court: "C" } });
  });

  it("asks how the person was told only when closing on the spot", () => {
    const values = { outcome: "done", note: "n", "file.proof": "0001", "file.knowledge": "no", "on_spot.method": "", "on_spot.text": "" };

    expect(missingFields(FORMS.close, values, about("triaged"))).toEqual(["on_spot.method", "on_spot.text"]);
    expect(missingFields(FORMS.close, values, about("called_back"))).toEqual([]);
  });

  it("says what an outcome was worth in fields of their own (C-10)", () => {
    const values = { outcome: "done", note: "", "file.proof": "0001", "file.amount": " 6200.50 ", "file.saved_days": "12", "file.value": "", "file.knowledge": "no" };

    expect(bodyOf(FORMS.close, values, about("called_back"))).toEqual({
      outcome: "done", note: "", file: { proof: "0001", amount: "6200.50", saved_days: "12", knowledge: "no" },
    });
    expect(bodyOf(FORMS.close, { ...values, outcome: "withdrawn" }, about("called_back"))).toEqual({ outcome: "withdrawn", note: "", file: { knowledge: "no" } });
  });

  it("names who is meant only when the case becomes a sealed file (C-13)", () => {
    const values = { cause: "unwilling", seal: "true", accused_posts: ["p1"], accused_units: [], accused_others: "" };

    expect(bodyOf(FORMS.triage, values, about("registered"))).toMatchObject({ seal: "true", accused_posts: ["p1"] });
    expect(bodyOf(FORMS.triage, { ...values, seal: "false" }, about("registered"))).not.toHaveProperty("accused_posts");
    expect(bodyOf(FORMS.triage, { ...values, cause: "hard" }, about("registered"))).not.toHaveProperty("accused_posts");
  });

  it("asks for what the closing checklist misses, and not for what the department has said (§2.7)", () => {
    const values = { outcome: "done_alt", note: "", "file.proof": "", "file.tools": [], "file.received": "", "file.knowledge": "no" };

    expect(missingFields(FORMS.close, values, about("called_back"))).toEqual(["file.proof", "file.tools"]);
    expect(missingFields(FORMS.close, values, about("called_back", { proof: "0001", tools: ["agent"] }))).toEqual([]);
    expect(bodyOf(FORMS.close, { ...values, "file.proof": "0001", "file.tools": ["agent"] }, about("called_back"))).toEqual({
      outcome: "done_alt", note: "", file: { proof: "0001", tools: ["agent"], knowledge: "no" },
    });
  });

  it("asks for the checklist in a callback only when the case closes with it", () => {
    const values = { result: "solved", satisfaction: "5", note: "", outcome: "", "file.knowledge": "no" };

    expect(bodyOf(FORMS.callback, values, about("delivered"))).toEqual({ result: "solved", satisfaction: 5, note: "" });
    expect(missingFields(FORMS.callback, { ...values, outcome: "done", "file.proof": "" }, about("delivered"))).toEqual(["file.proof"]);
  });

  it("wants a legal basis when the answer is that it lawfully cannot be done", () => {
    const values = { answer: "a", solved: "no", outcome: "explained", legal_basis: "" };

    expect(missingFields(FORMS.reply, values, about("in_progress"))).toEqual(["legal_basis"]);
  });

  it("sends satisfaction as a number and none for somebody who was not reached", () => {
    const values = { result: "solved", satisfaction: "4", note: "n", outcome: "" };

    expect(bodyOf(FORMS.callback, values, about("delivered"))).toEqual({ result: "solved", satisfaction: 4, note: "n" });
    expect(bodyOf(FORMS.callback, { ...values, result: "unreachable" }, about("delivered"))).toEqual({ result: "unreachable", note: "n" });
  });

  it("refers upwards", () => {
    const values = { reason: "r", need_contact: true, legal_basis: "", purpose: "p" };

    expect(bodyOf(FORMS.referrals, values, about("triaged"))).toEqual({ direction: "up", reason: "r", need_contact: true, purpose: "p" });
  });

  it("offers only allowed steps, the one that moves the case on first", () => {
    expect(orderedSteps(["return", "contact", "reply", "unknown"])).toEqual(["reply", "contact", "return"]);
  });
});

describe("a case that changed meanwhile", () => {
  it("is compared by what was added since it was read", () => {
    const entry = (seq: number) => ({ seq }) as CaseDetail["timeline"][number];
    const before = { state: "signed", timeline: [entry(1), entry(2)] } as CaseDetail;
    const after = { state: "in_progress", timeline: [entry(1), entry(2), entry(3)] } as CaseDetail;

    expect(changesBetween(before, after)).toEqual({ from: "signed", to: "in_progress", entries: [{ seq: 3 }] });
  });
});

describe("the registration form", () => {
  it("needs less for a question than for a case", () => {
    expect(Object.keys(mistakes({ ...blank(), matter: "m", outcome: "consult_only" }))).toEqual([]);
    expect(Object.keys(mistakes({ ...blank(), matter: "m" })).sort()).toEqual(["name", "phone", "pii", "want"]);
  });

  it("does not turn somebody away without a reason and the right place (C-55)", () => {
    expect(mistakes({ ...blank(), matter: "m", outcome: "not_accepted" })).toEqual({ reason_code: "required", right_channel: "required" });
  });

  it("sends the visit and the case with what was written, blanks left out", () => {
    const form = { ...blank(), matter: " m ", tried_name: "W3", visit_count: "2", name: "n", phone: "13800000000", detail: "d", want: "w", pii: true };

    expect(receptionBody(form, "t1")).toEqual({ ticket: "t1", matter: "m", applicant_kind: "person", tried_windows: [{ name: "W3", result: "" }], visit_count: 2, ordinary_window_tried: true, outcome: "registered" });
    expect(caseBody(form, "r1")).toEqual({ reception: "r1", title: "m", detail: "d", want: "w", channel: "window", applicant: { name: "n", phone: "13800000000", kind: "person", relation: "self" }, told: { told_reason: "", materials: [], special: [], urgency_reason: "", alias: false }, visit_count: 2, urgency: "normal", confidential: false, pii_notice_accepted: true });
  });

  it("asks who speaks for somebody, and on what authority (C-02)", () => {
    const form = { ...blank(), matter: "m", name: "n", phone: "13800000000", want: "w", pii: true, relation: "family" };

    expect(Object.keys(mistakes(form)).sort()).toEqual(["agent_name", "agent_phone", "scope"]);
    const sent = caseBody({ ...form, agent_name: "a", agent_phone: "13700000000", scope: "s" }, "r1").applicant;
    expect(sent).toMatchObject({ agent: { name: "a", phone: "13700000000", authority: { kind: "power_of_attorney", scope: "s" } } });
  });

  it("sends a slip with its papers apart, and of a phone only what is counted (C-34, C-62)", () => {
    const form = { ...blank(), matter: "m", outcome: "guided_back" as const, slip_what: "q", slip_where: "1F", slip_bring: "a, b", phone: "13800000000" };

    expect(mistakes({ ...form, slip_where: "" })).toEqual({ slip_where: "required" });
    expect(receptionBody(form, null)).toMatchObject({ ordinary_window_tried: null, slip: { what: "q", where: "1F", bring: ["a", "b"] }, right_channel: "1F", phone: "13800000000" });
  });

  it("wants a reason for what is urgent (C-30)", () => {
    expect(mistakes({ ...blank(), matter: "m", name: "n", phone: "13800000000", want: "w", pii: true, urgency: "urgent" })).toEqual({ urgency_reason: "required" });
  });
});
