/** Parameters that are tables, as rows a person can fill in; their codes are given by themselves. */
/** `first` in the language every reader understands; `others` where somebody worded it too. */
export interface Row { code: string; first: string; second: string; others: Others }
export type Others = Partial<Record<OtherLocale, string>>;
export type OtherLocale = (typeof OTHER_LOCALES)[number];
export type Table = Record<string, unknown>;
export type Shape = "blocking" | "acceptance" | "sections";

export const SHAPES: Record<string, Shape> = {
  "triage.blocking_added": "blocking", "intake.acceptance_rules": "acceptance", "intake.sections": "sections",
};
export const OTHER_LOCALES = ["zh-TW", "en"] as const;
export const WORDED: readonly Shape[] = ["blocking", "acceptance"];
export const GROUPS = ["A", "B", "C", "D", "E", "F", "G", "H"] as const;
/** The product's own leaves stay below; a hall's begin here, so that the two never meet. */
const FIRST_LEAF = 21;
const MOST_LEAF = 99;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export function rowsOf(shape: Shape, table: Table): Row[] {
  return Object.entries(table).map(([code, value]) => {
    if (shape !== "acceptance") return { code, second: "", ...wordsOf(value) };
    const rule = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
    return { code, second: textOf(rule.channel), ...wordsOf(rule.reason) };
  });
}

/** A text, or texts by language, as it is kept. */
function wordsOf(value: unknown): { first: string; others: Others } {
  if (typeof value !== "object" || value === null) return { first: textOf(value), others: {} };
  const texts = value as Record<string, unknown>;
  return { first: textOf(texts["zh-CN"]), others: Object.fromEntries(OTHER_LOCALES.map((one) => [one, textOf(texts[one])]).filter(([, text]) => text)) };
}

function kept(first: string, others: Others): string | Record<string, string> {
  const more = OTHER_LOCALES.map((one) => [one, (others[one] ?? "").trim()] as const).filter(([, text]) => text !== "");
  return more.length > 0 ? { "zh-CN": first, ...Object.fromEntries(more) } : first;
}

/** What is half filled in is left out. */
export function tableOf(shape: Shape, rows: readonly Row[]): Table {
  const found: Table = {};
  for (const { code, first, second, others } of rows) {
    const [one, other] = [first.trim(), second.trim()];
    if (!code.trim()) continue;
    if (shape !== "acceptance") {
      if (one) found[code.trim()] = kept(one, others);
    } else if (one || other) {
      found[code.trim()] = { ...(one ? { reason: kept(one, others) } : {}), ...(other ? { channel: other } : {}) };
    }
  }
  return found;
}

/** The next free number of a group of blocking reasons. */
export function nextLeaf(group: string, taken: readonly string[]): string {
  for (let n = FIRST_LEAF; n <= MOST_LEAF; n += 1) if (!taken.includes(`${group}${n}`)) return `${group}${n}`;
  return "";
}

/** A code for a reason of the hall's own. */
export function nextOwn(taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`own_${n}`)) n += 1;
  return `own_${n}`;
}
