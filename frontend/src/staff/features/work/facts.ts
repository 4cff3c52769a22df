/** The file of a piece of work as labels and words, in the order it was written down. */
import { has } from "@/shared/i18n";
import { day, dayTime } from "@/shared/time/format";
import { t } from "@/staff/i18n";
import { fieldLabel, optionLabel } from "./words";

export interface Fact { name: string; label: string; text: string }
export interface Part { name: string; label: string; rows: Fact[][] }

/** Shown elsewhere on the card, or ids that say nothing to a reader. */
const LEFT_OUT = new Set(["post", "unit", "units", "members", "to_file", "item_limit_days"]);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

/** `order` are the names as the form asks for them; what is stored has lost its order. */
export function factsOf(kind: string, data: Record<string, unknown>, order: readonly string[] = []): Fact[] {
  const at = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(data)
    .sort(([one], [other]) => at(one) - at(other))
    .filter(([name, value]) => !LEFT_OUT.has(name) && isPlain(value))
    .map(([name, value]) => ({ name, label: fieldLabel(kind, name), text: textOf(name, value) }))
    .filter((fact) => fact.text !== "");
}

/** The steps that were taken: each a group of facts, or several rows of them. */
export function partsOf(kind: string, data: Record<string, unknown>): Part[] {
  return Object.entries(data)
    .filter(([, value]) => isGroup(value) || (isRows(value) && value.length > 0))
    .map(([name, value]) => ({ name, label: fieldLabel(kind, name), rows: (isRows(value) ? value : [value]).map((row) => factsOf(kind, row as Record<string, unknown>)) }));
}

const isGroup = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is Record<string, unknown>[] => Array.isArray(value) && value.some(isGroup);
const isPlain = (value: unknown): boolean => value !== null && !isGroup(value) && !isRows(value);

function textOf(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => textOf(name, one)).join(" · ");
  if (typeof value === "boolean") return value ? t("work.yes") : t("work.no");
  if (typeof value !== "string") return String(value);
  if (DAY.test(value)) return day(value);
  if (MOMENT.test(value)) return dayTime(value);
  return has(`work.option.${value}`) || has(`work.option.${name}.${value}`) ? optionLabel(name, value) : value;
}
