/** What each step of a meeting asks for; seats and cases come from the meeting itself. */
import type { FormField } from "../work/fields";
import type { Meeting } from "./queries";

function field(name: string, input: string, more: Partial<FormField> = {}): FormField {
  return { name, input, needed: true, several: false, most: 0, least: 0, options: [], parts: [], ...more };
}

const optional = { needed: false };
const POSITIONS = ["agree", "conditional", "disagree"];

export function proposeFields(): FormField[] {
  return [field("topic", "text"), field("units", "units", { several: true })];
}

export function stepFields(step: string, meeting: Meeting, own: string | undefined): FormField[] {
  const seats = meeting.seats.map((seat) => ({ code: seat.unit, label: seat.name }));
  const there = seats.filter((seat) => meeting.seats.some((one) => one.unit === seat.code && one.present));
  switch (step) {
    case "call":
      return [field("planned_at", "moment"), field("place", "line")];
    case "hold":
      return [field("present_units", "units", { several: true, choices: seats })];
    case "opine":
      return [...(own && there.some((seat) => seat.code === own) ? [] : [field("unit", "unit", { choices: there })]), field("position", "choice", { options: POSITIONS }), field("text", "text")];
    case "minute":
      return [field("minutes", "text"), field("resolutions", "group", {
        several: true, needed: false,
        parts: [
          field("case", "case", { choices: meeting.agenda.map((one) => ({ code: one.id, label: one.number })) }),
          field("unit", "unit", { choices: seats }),
          field("what", "line"),
          field("days", "days", { ...optional, most: 60, least: 1 }),
        ],
      })];
    case "sign":
      return [field("agrees", "switch"), field("reservation", "text", optional)];
    case "ask_special":
      return [field("leader", "line"), field("question", "text")];
    case "decide_special":
      return [field("decision", "text")];
    case "cancel":
      return [field("reason", "text")];
    default:
      return [];
  }
}

/** The list of those who came becomes attendance of every seat. */
export function bodyOfStep(step: string, body: Record<string, unknown>, meeting: Meeting): Record<string, unknown> {
  if (step !== "hold") return body;
  const came = body.present_units as string[];
  return { attendance: meeting.seats.map((seat) => ({ unit: seat.unit, present: came.includes(seat.unit) })) };
}
