/** What the desk writes down about somebody who came, and how it travels (C-01, C-02, C-41, C-42, C-55). */
export type ReceptionOutcome = "registered" | "consult_only" | "guided_back" | "not_accepted" | "on_spot" | "merged";

/** How the matter came in: it decides when a time begins that came outside the opening hours. */
export const CHANNELS = ["window", "phone", "message_book", "online"] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Registration {
  matter: string; service_item: string; blocked_stage: string; tried_name: string; tried_result: string;
  visit_count: string; ordinary_window_tried: "yes" | "no" | ""; exemption: string; outcome: ReceptionOutcome;
  reason_code: string; right_channel: string; answer: string; merged_case: string;
  slip_what: string; slip_where: string; slip_bring: string; slip_whom: string; slip_phone: string;
  pushed_from: string; pushed_unit: string; pushed_role: string;
  name: string; phone: string; id_number: string; kind: string; enterprise_name: string; relation: string;
  agent_name: string; agent_phone: string; agent_id: string; authority: string; scope: string; valid_until: string;
  detail: string; want: string; materials: string; special: string[];
  channel: Channel; urgency: "normal" | "urgent"; urgency_reason: string; confidential: boolean; alias: boolean; wanted_by: string;
  pii: boolean;
  /** Set once the visit is stored, so that a failed second half never stores it twice. */
  reception: string;
  /** Files kept with the draft; null until that part was opened. */
  files: number | null;
}

export const blank = (): Registration => ({
  matter: "", service_item: "", blocked_stage: "", tried_name: "", tried_result: "", visit_count: "1",
  ordinary_window_tried: "", exemption: "", outcome: "registered", reason_code: "", right_channel: "", answer: "",
  merged_case: "", slip_what: "", slip_where: "", slip_bring: "", slip_whom: "", slip_phone: "",
  pushed_from: "", pushed_unit: "", pushed_role: "", name: "", phone: "", id_number: "", kind: "person",
  enterprise_name: "", relation: "self", agent_name: "", agent_phone: "", agent_id: "",
  authority: "power_of_attorney", scope: "", valid_until: "", detail: "", want: "", materials: "", special: [],
  channel: "window", urgency: "normal", urgency_reason: "", confidential: false, alias: false, wanted_by: "", pii: false, reception: "", files: null,
});

const some = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ""));

const visits = (form: Registration): number => Math.max(1, Math.trunc(Number(form.visit_count)) || 1);

/** Papers named one after the other: split at anything that stands between items of a list. */
export const papers = (text: string): string[] => text.split(/[\u3001,\uff0c;\uff1b\n]/).map((one) => one.trim()).filter(Boolean).slice(0, 20);

/** Somebody who names a window has tried one; else it is what they say, or unknown (M-19). */
function tried(form: Registration): boolean | null {
  if (form.tried_name.trim() !== "") return true;
  return form.ordinary_window_tried === "" ? null : form.ordinary_window_tried === "yes";
}

function slip(form: Registration): Record<string, unknown> {
  if (form.outcome !== "guided_back") return {};
  return { slip: { what: form.slip_what.trim(), where: form.slip_where.trim(), bring: papers(form.slip_bring), ...some({ whom: form.slip_whom, phone: form.slip_phone }) } };
}

export function receptionBody(form: Registration, ticket: string | null): Record<string, unknown> {
  const window = some({ name: form.tried_name, result: form.tried_result });
  const refused = form.outcome === "not_accepted";
  return {
    ...(ticket ? { ticket } : {}),
    matter: form.matter.trim(),
    applicant_kind: form.kind,
    tried_windows: window.name ? [{ name: "", result: "", ...window }] : [],
    visit_count: visits(form),
    ordinary_window_tried: tried(form),
    outcome: form.outcome,
    ...slip(form),
    ...some({
      service_item: form.service_item,
      exemption: tried(form) === false ? form.exemption : "",
      pushed_from: form.pushed_from,
      pushed_unit: form.pushed_unit,
      pushed_role: form.pushed_unit || form.pushed_from ? form.pushed_role : "",
      reason_code: refused ? form.reason_code : "",
      right_channel: refused ? form.right_channel : form.outcome === "guided_back" ? form.slip_where : "",
      answer: form.outcome === "on_spot" || form.outcome === "consult_only" ? form.answer : "",
      merged_case: form.outcome === "merged" ? form.merged_case : "",
      phone: form.outcome === "registered" ? "" : form.phone,
    }),
  };
}

function agent(form: Registration): Record<string, unknown> {
  if (form.relation === "self") return {};
  return {
    agent: {
      name: form.agent_name.trim(), phone: form.agent_phone.trim(), ...some({ id_number: form.agent_id }),
      authority: { kind: form.authority, scope: form.scope.trim(), ...some({ valid_until: form.valid_until }) },
    },
  };
}

export function caseBody(form: Registration, reception: string): Record<string, unknown> {
  const told = form.tried_result.trim();
  return {
    reception,
    title: form.matter.trim(),
    // Who was heard out in one sentence need not be asked the same again.
    detail: form.detail.trim() || [form.matter.trim(), told].filter(Boolean).join("\n"),
    want: form.want.trim(),
    applicant: {
      name: form.name.trim(), phone: form.phone.trim(), kind: form.kind, relation: form.relation,
      ...some({ id_number: form.id_number, enterprise_name: form.kind === "person" ? "" : form.enterprise_name }),
      ...agent(form),
    },
    told: {
      told_reason: told, materials: papers(form.materials), special: form.special,
      urgency_reason: form.urgency === "urgent" ? form.urgency_reason.trim() : "", alias: form.confidential && form.alias,
    },
    visit_count: visits(form),
    channel: form.channel,
    urgency: form.urgency,
    confidential: form.confidential,
    pii_notice_accepted: true,
    ...some({ service_item: form.service_item, blocked_stage: form.blocked_stage, pushed_from: form.pushed_from, wanted_by: form.wanted_by }),
  };
}

const NEEDED: Partial<Record<ReceptionOutcome, readonly (keyof Registration)[]>> = {
  registered: ["name", "phone", "relation", "want", "pii"], not_accepted: ["reason_code", "right_channel"],
  guided_back: ["slip_what", "slip_where"], on_spot: ["answer"], merged: ["merged_case"],
};

/** Field → code of what is missing or wrong; empty when it can be sent. */
export function mistakes(form: Registration): Record<string, "required" | "phone"> {
  const found: Record<string, "required" | "phone"> = {};
  const need = (names: readonly (keyof Registration)[]): void => {
    for (const name of names) if (form[name] === false || String(form[name]).trim() === "") found[name] = "required";
  };
  need(["matter", "kind", ...(NEEDED[form.outcome] ?? [])]);
  if (form.outcome !== "registered") return found;
  if (form.kind === "enterprise") need(["enterprise_name"]);
  if (form.urgency === "urgent") need(["urgency_reason"]);
  if (form.relation !== "self") need(["agent_name", "agent_phone", "scope"]);
  if (!found.phone && form.phone.replace(/\D/g, "").length < 7) found.phone = "phone";
  if (form.relation !== "self" && !found.agent_phone && form.agent_phone.replace(/\D/g, "").length < 7) found.agent_phone = "phone";
  return found;
}
