/** What a form of work asks for, as the server declares it: blank values, what is missing, the body. */
export interface FormField {
  name: string; input: string; needed: boolean; several: boolean; most: number; least: number;
  options: string[]; parts: FormField[];
  /** Choices that the page knows better than the server's list. */
  choices?: { code: string; label: string }[];
}
export type Value = string | boolean | string[] | Values[];
export interface Values { [name: string]: Value }

export const isRows = (field: FormField): boolean => field.several && field.input === "group";
export const isLines = (field: FormField): boolean => field.several && (field.input === "line" || field.input === "text");
export const isMany = (field: FormField): boolean => field.several && !isRows(field) && !isLines(field);

export function blankOf(fields: readonly FormField[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, blank(field)]));
}

function blank(field: FormField): Value {
  if (isRows(field)) return field.needed ? [blankOf(field.parts)] : [];
  if (isMany(field)) return [];
  return field.input === "switch" ? false : "";
}

/** Names of needed fields without a value; a row's fields as `plan.0.place`. */
export function missingIn(fields: readonly FormField[], values: Values, before = ""): string[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    const name = before + field.name;
    if (isRows(field)) {
      const rows = value as Values[];
      if (field.needed && rows.length === 0) return [name];
      return rows.flatMap((row, at) => missingIn(field.parts, row, `${name}.${at}.`));
    }
    const empty = Array.isArray(value) ? value.length === 0 : typeof value === "string" && value.trim() === "";
    return field.needed && empty ? [name] : [];
  });
}

/** The request's body: what was left empty is left out. */
export function bodyOf(fields: readonly FormField[], values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = plain(field, values[field.name] ?? "");
    if (value !== undefined) body[field.name] = value;
  }
  return body;
}

function plain(field: FormField, value: Value): unknown {
  if (isRows(field)) return (value as Values[]).map((row) => bodyOf(field.parts, row));
  if (isLines(field)) return linesOf(String(value), field.needed);
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "") return field.needed ? "" : undefined;
  if (field.input === "days" || field.input === "number") return Number(text);
  return field.input === "moment" ? `${text}:00+08:00` : text;
}

function linesOf(text: string, needed: boolean): string[] | undefined {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.length > 0 || needed ? lines : undefined;
}
