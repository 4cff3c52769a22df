/** Parameters in words: their names, their codes, their values. */
import { has, translate } from "@/shared/i18n";
import { t } from "@/staff/i18n";
import type { Parameter } from "./queries";

const CATALOGUES = ["param_option", "role", "pause_reason", "closing_item", "tool", "ladder"];

export const nameOf = (key: string): string => (has(`param.${key}`) ? translate(`param.${key}`) : key);

export function optionWord(key: string, code: string): string {
  const own = `param_option.${key}.${code}`;
  if (has(own)) return translate(own);
  const found = CATALOGUES.find((one) => has(`${one}.${code}`));
  return found ? translate(`${found}.${code}`) : code;
}

export function shownValue(one: Parameter, value: unknown): string {
  if (typeof value === "boolean") return t(value ? "parameters.on" : "parameters.off");
  if (one.kind === "choice") return optionWord(one.key, String(value));
  if (Array.isArray(value)) return value.length ? value.map((code) => optionWord(one.key, String(code))).join(" · ") : t("parameters.none");
  if (typeof value === "object" && value !== null) return table(value as Record<string, unknown>);
  return value === "" || value === null || value === undefined ? t("parameters.none") : String(value);
}

/** Opening hours by weekday; any other table by how much stands in it. */
function table(value: Record<string, unknown>): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return t("parameters.none");
  if (!keys.every((key) => key === "regular" || /^[1-7]$/.test(key))) return t("parameters.entries", { n: keys.length });
  return keys.map((key) => `${translate(`hours.${key}`)} ${String(value[key]) || t("hours.none")}`).join(" · ");
}
