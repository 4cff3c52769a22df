/** Parameters that are tables, as rows a person can fill in; their codes are given by themselves. */
export interface Row { code: string; first: string; second: string }
export type Table = Record<string, unknown>;
export type Shape = "blocking" | "acceptance" | "sections";

export const SHAPES: Record<string, Shape> = {
  "triage.blocking_added": "blocking", "intake.acceptance_rules": "acceptance", "intake.sections": "sections",
};
export const GROUPS = ["A", "B", "C", "D", "E", "F", "G", "H"] as const;
/** The product's own leaves stay below; a hall's begin here, so that the two never meet. */
const FIRST_LEAF = 21;
const MOST_LEAF = 99;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export function rowsOf(shape: Shape, table: Table): Row[] {
  return Object.entries(table).map(([code, value]) => {
    if (shape !== "acceptance") return { code, first: textOf(value), second: "" };
    const rule = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
    return { code, first: textOf(rule.reason), second: textOf(rule.channel) };
  });
}

/** What is half filled in is left out. */
export function tableOf(shape: Shape, rows: readonly Row[]): Table {
  const found: Table = {};
  for (const { code, first, second } of rows) {
    const [one, other] = [first.trim(), second.trim()];
    if (!code.trim()) continue;
    if (shape !== "acceptance") {
      if (one) found[code.trim()] = one;
    } else if (one || other) {
      found[code.trim()] = { ...(one ? { reason: one } : {}), ...(other ? { channel: other } : {}) };
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
