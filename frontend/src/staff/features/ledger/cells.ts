/** A cell of the ledger in words; the file says the same (apps/ledger/cells.py). */
import { locale, translate, word } from "@/shared/i18n";
import { clockTime, isoDay } from "@/shared/time/format";

interface Tagged { at?: string; on?: string; words?: string; code?: string; said?: string; others?: Record<string, string>; together?: Cell[]; several?: Cell[] }
export type Cell = string | number | boolean | null | Tagged;
const BETWEEN = " \u00b7 ";

export function cellText(cell: Cell): string {
  return cellLines(cell).join("\n");
}

/** Each fact on a line of its own. */
export function cellLines(cell: Cell): string[] {
  if (typeof cell === "object" && cell?.several) return cell.several.map(one);
  const text = one(cell);
  return text === "" ? [] : [text];
}

function one(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return translate(cell ? "answer.yes" : "answer.no");
  if (typeof cell !== "object") return String(cell);
  if (cell.at) return `${isoDay(cell.at)} ${clockTime(cell.at)}`;
  if (cell.on) return cell.on;
  if (cell.code) return word(cell.words ?? "", cell.code, cell.others?.[locale.value] || cell.said || cell.code);
  return (cell.together ?? cell.several ?? []).map(one).join(BETWEEN);
}

/** 12 KB, 3.4 MB. */
export function sizeText(bytes: number): string {
  const thousand = 1024;
  if (bytes < thousand * thousand) return `${Math.ceil(bytes / thousand)} KB`;
  return `${(bytes / thousand / thousand).toFixed(1)} MB`;
}
