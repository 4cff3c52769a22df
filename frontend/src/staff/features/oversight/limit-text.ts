/** A time limit in words: `WD+5` is “5 working days”. */
import { has, translate } from "@/shared/i18n";

const NOTATION = /^(WD|WH|ND|NH)\+(\d+)/;

export function limitText(rule: string): string {
  const found = NOTATION.exec(rule);
  if (!found) return rule;
  const [, unit, amount] = found;
  const key = unit === "WD" && amount === "0" ? "ruler.unit.same_day" : `ruler.unit.${unit}`;
  return has(key) ? translate(key, { n: Number(amount) }) : rule;
}
