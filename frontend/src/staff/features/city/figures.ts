/** Figures in words: nothing counted is “—”, and the number counted stands beside every figure. */
import { word } from "@/shared/i18n";
import { number, percent } from "@/shared/time/format";
import { t } from "@/staff/i18n";
import type { Applicants } from "./answers";

export const NOTHING = "—";

export function share(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined ? NOTHING : percent(value, digits);
}

export function minutes(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? NOTHING : t("city.minutes", { n: number(seconds / 60, seconds < 6000 ? 1 : 0) });
}

export function hours(seconds: number | null | undefined): string {
  return seconds ? t("city.hours", { n: number(seconds / 3600, 1) }) : NOTHING;
}

/** 1,131/1,184; halves occur because 部分办成 counts one half (M-15). */
export function fraction(x: number, n: number): string {
  return `${number(x, Number.isInteger(x) ? 0 : 1)}/${number(n)}`;
}

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : number(value);
}

/** Who asked, by kind (C-74); kinds that nobody was of are left out. */
export function applicants(by: Applicants | undefined): string {
  return Object.entries(by ?? {}).filter(([, n]) => n > 0).map(([kind, n]) => `${word("applicant_kind", kind, kind)} ${number(n)}`).join(" · ");
}
