/** What a configuration says, in words: the names of its entries and of what stands in them. */
import { has, locale, word } from "@/shared/i18n";
import { t } from "@/staff/i18n";
import { nameOf, optionWord } from "../time/parameter-words";
import type { EntryChange } from "./queries";

export function entryName(part: string, one: EntryChange): string {
  if (part === "parameters") return nameOf(one.entry);
  if (part !== "limits") return one.entry;
  const [stage, category] = one.entry.split("/");
  return [word("stage", stage), category ? word("category", category) : ""].filter(Boolean).join(" · ");
}
/** What a hall has written itself is no code of ours, even if it is only one letter. */
const OWN = ["lines", "name", "group", "item_codes", "place", "code_word", "text"];
/** A code or a number where it stands: `field` is that of a mapping, or the parameter it belongs to. */
function said(value: unknown, field: string): string {
  const code = String(value);
  if (OWN.includes(field)) return code;
  if (field === "weekdays") return new Intl.DateTimeFormat(locale.value, { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, Number(value)));
  return field === "kind" ? word("window_kind", code, code) : optionWord(field, code);
}
/** An entry in words: of two mappings only what differs. */
export function plain(value: unknown, other: unknown, field: string): string {
  if (value === null || value === undefined) return "";
  if (value === true) return t("parameters.on");
  if (value === false) return t("parameters.off");
  if (Array.isArray(value)) return value.map((one) => plain(one, null, field)).join(field === "hours" && typeof value[0] === "string" ? "–" : " · ") || "–";
  if (typeof value !== "object") return said(value, field);
  const rows = Object.entries(value).filter(([key, one]) => typeof other !== "object" || other === null || JSON.stringify((other as Record<string, unknown>)[key]) !== JSON.stringify(one));
  return rows.map(([key, one]) => `${has(`config_field.${key}`) ? word("config_field", key) : key}: ${plain(one, null, key) || "–"}`).join("; ");
}
