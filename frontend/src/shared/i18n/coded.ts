/** A code of a list that a hall may add to: its words come with it, or the page has its own. */
import { LOCALES, locale, word } from "./index";

export interface Coded { code: string; label: string; words: Readonly<Record<string, string>> }

/** In the reader's language, else in the first, which every code has. */
export function coded(prefix: string, one: Coded): string {
  const said = one.words[locale.value] || one.words[LOCALES[0]];
  return said || word(prefix, one.code, one.label);
}
