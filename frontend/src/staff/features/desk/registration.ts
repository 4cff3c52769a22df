/** What the desk writes down about somebody who came, and how it travels (C-41, C-42, C-55). */
export type ReceptionOutcome = "registered" | "consult_only" | "guided_back" | "not_accepted";

export interface Registration {
  matter: string; service_item: string; tried_name: string; tried_result: string; visit_count: string;
  ordinary_window_tried: "yes" | "no" | ""; exemption: string; outcome: ReceptionOutcome;
  reason_code: string; right_channel: string; pushed_from: string; name: string; phone: string;
  id_number: string; kind: string; enterprise_name: string; relation: string; detail: string; want: string;
  blocked_stage: string; urgency: "normal" | "urgent"; confidential: boolean; wanted_by: string;
  pii: boolean;
  /** Set once the visit is stored, so that a failed second half never stores it twice. */
  reception: string;
}

export const blank = (): Registration => ({
  matter: "", service_item: "", tried_name: "", tried_result: "", visit_count: "1",
  ordinary_window_tried: "yes", exemption: "", outcome: "registered", reason_code: "", right_channel: "",
  pushed_from: "", name: "", phone: "", id_number: "", kind: "person", enterprise_name: "",
  relation: "self", detail: "", want: "", blocked_stage: "", urgency: "normal", confidential: false,
  wanted_by: "", pii: false, reception: "",
});

const some = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ""));

const visits = (form: Registration): number => Math.max(1, Math.trunc(Number(form.visit_count)) || 1);

export function receptionBody(form: Registration, ticket: string | null): Record<string, unknown> {
  const tried = some({ name: form.tried_name, result: form.tried_result });
  const refused = form.outcome === "not_accepted";
  return {
    ...(ticket ? { ticket } : {}),
    matter: form.matter.trim(),
    applicant_kind: form.kind,
    tried_windows: Object.keys(tried).length ? [{ name: "", result: "", ...tried }] : [],
    visit_count: visits(form),
    ordinary_window_tried: form.ordinary_window_tried === "" ? null : form.ordinary_window_tried === "yes",
    outcome: form.outcome,
    ...some({
      service_item: form.service_item,
      exemption: form.ordinary_window_tried === "no" ? form.exemption : "",
      pushed_from: form.pushed_from,
      reason_code: refused ? form.reason_code : "",
      right_channel: refused || form.outcome === "guided_back" ? form.right_channel : "",
    }),
  };
}

export function caseBody(form: Registration, reception: string): Record<string, unknown> {
  return {
    reception,
    title: form.matter.trim(),
    detail: form.detail.trim(),
    want: form.want.trim(),
    applicant: {
      name: form.name.trim(), phone: form.phone.trim(), kind: form.kind, relation: form.relation,
      ...some({ id_number: form.id_number, enterprise_name: form.kind === "person" ? "" : form.enterprise_name }),
    },
    visit_count: visits(form),
    urgency: form.urgency,
    confidential: form.confidential,
    pii_notice_accepted: true,
    ...some({ service_item: form.service_item, blocked_stage: form.blocked_stage, pushed_from: form.pushed_from, wanted_by: form.wanted_by }),
  };
}

/** Field → code of what is missing or wrong; empty when it can be sent. */
export function mistakes(form: Registration): Record<string, "required" | "phone"> {
  const found: Record<string, "required" | "phone"> = {};
  const need = (...names: (keyof Registration)[]): void => {
    for (const name of names) if (form[name] === "" || form[name] === false || String(form[name]).trim() === "") found[name] = "required";
  };
  need("matter", "kind");
  if (form.tried_result.trim() !== "") need("tried_name");
  if (form.outcome === "not_accepted") need("reason_code", "right_channel");
  if (form.outcome !== "registered") return found;
  need("name", "phone", "relation", "detail", "want", "pii");
  if (form.kind === "enterprise") need("enterprise_name");
  if (!found.phone && form.phone.replace(/\D/g, "").length < 7) found.phone = "phone";
  return found;
}
