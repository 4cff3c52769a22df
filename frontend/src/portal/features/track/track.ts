/** Progress of one case as its citizen sees it (portal/track), and what may be typed to ask. */
import type { CaseState, Iso, IsoDay, Outcome } from "@/shared/api/types";

export interface TrackStep { key: string; label_code: string; at: Iso | null; done: boolean; current: boolean; unit: string | null }
export interface Basis { title: string; article: string; text: string }
/** Why it cannot be done by law, and where to turn, within which time. */
export interface Remedy {
  explanation?: string; materials_needed?: string; legal_basis?: Basis | null; review_body?: string; litigation_court?: string;
  review_days?: number; litigation_months?: number; organ?: string; act?: string; text?: string;
  dates?: { notified_on: IsoDay; reexamination_until: IsoDay; review_until: IsoDay; suit_until: IsoDay } | null;
}
/** Asking the hall itself to look again: until when, and what became of it. */
export interface Appeal { state: "open" | "pending" | "over" | "uphold" | "change"; until: IsoDay; answer: string }
/** Whether the person may write to the handler, whether the case waits for it, and when they last did. */
export interface FilesOpen { open: boolean; takes: { kind: string; endings: string[]; most_mb: number }[]; most: number }
export interface Words { open: boolean; awaited: boolean; last_at: Iso | null }
export interface Tracked {
  number: string; title: string; state: CaseState; steps: TrackStep[]; promised_on: IsoDay | null;
  first_promised_on?: IsoDay | null; paused?: { reason: string; since: IsoDay; until: IsoDay } | null; extension_note?: string;
  responsible: { unit: string; name: string } | null; answer?: string | null; outcome?: Outcome | null; remedy?: Remedy | null; appeal?: Appeal | null;
  words: Words;
  files: FilesOpen;
  /** How often somebody of the staff looked up who the person is (C-57). */
  identity_seen: number;
  /** Until when a joint meeting about the matter is to be held (C-15). */
  meeting_by?: IsoDay | null;
}

export type Field = "number" | "code";
export type FieldError = "number_missing" | "number_form" | "code_missing" | "code_form";
export type Errors = Partial<Record<Field, FieldError>>;

/** Full-width digits and letters, as Chinese keyboards give them, become plain ones. */
const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[\s\u3000]/g, "");

/** BCS-20261121-0137, however it was typed. */
export function tidyNumber(raw: string): string {
  const text = narrow(raw).replace(/[\u2010-\u2015\u2212_.]/g, "-").toUpperCase();
  const parts = /^([A-Z]+)-?(\d{8})-?(\d{4})$/.exec(text);
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : text;
}

export function tidyCode(raw: string): string {
  return narrow(raw).replace(/-/g, "");
}

/** What the person has to correct before anything is sent; the server judges the rest. */
export function check(number: string, code: string): Errors {
  const errors: Errors = {};
  const [tidy, digits] = [tidyNumber(number), tidyCode(code)];
  if (tidy === "") errors.number = "number_missing";
  else if (!/^[A-Z]+-\d{8}-\d{4}$/.test(tidy)) errors.number = "number_form";
  if (digits === "") errors.code = "code_missing";
  else if (!/^\d{6}$/.test(digits)) errors.code = "code_form";
  return errors;
}

const FINISHED: readonly CaseState[] = ["delivered", "called_back", "closed"];
export const isFinished = (state: CaseState): boolean => FINISHED.includes(state);

/** The promised day is over and no answer has been given. */
export function isLate(found: Tracked, today: IsoDay): boolean {
  return found.promised_on !== null && found.promised_on < today && !isFinished(found.state);
}

/** Units of the steps, named only where another one takes over. */
export function unitsShown(steps: readonly TrackStep[]): (string | null)[] {
  return steps.map((step, i) => (step.unit && step.unit !== steps[i - 1]?.unit ? step.unit : null));
}
