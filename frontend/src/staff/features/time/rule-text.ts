/** A limit's rule in words: `WD+5;cutoff=17:30` → “5 个工作日 · 17:30 后次日起算”. */
import { has, translate } from "@/shared/i18n";
import { t } from "@/staff/i18n";

export function ruleText(rule: string): string {
  const [limit = "", ...options] = rule.split(";").map((part) => part.trim());
  const [, unit, count] = /^([WN][DH])\+(\d+)$/.exec(limit) ?? [];
  if (!unit) return rule;
  const key = `ruler.unit.${unit}`;
  const words = unit === "WD" && Number(count) === 0 ? t("ruler.unit.same_day") : has(key) ? translate(key, { n: Number(count) }) : limit;
  return [words, ...options.map(option)].filter(Boolean).join(" · ");
}

function option(text: string): string {
  const [name, value = ""] = text.split("=");
  if (name === "cutoff") return t("rule.cutoff", { at: value });
  if (name === "receipt") return t(value === "B" ? "rule.receipt_b" : "rule.receipt_a");
  return text;
}
