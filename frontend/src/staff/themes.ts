/**
 * The words of the console by theme. A page names the themes that it and everything on it speaks;
 * they travel beside its code, and it is drawn when both are there. `themes.test.ts` reads the
 * import graph and holds every page to its list.
 */
import { bringWords, LOCALES, type Loaders, type Messages } from "@/shared/i18n";

export const THEMES = [
  "account", "accountability", "admin", "attachments", "board", "case", "city", "conduct", "desk", "documents", "intake", "keep", "keys", "ledger", "meetings", "notices",
  "oversight", "parameters", "people", "reception", "refusals", "screens", "sheets", "time", "work", "workfields",
] as const;
export type Theme = (typeof THEMES)[number];

const files = import.meta.glob<{ default: Messages }>(["./locales/*/*.ts", "!./locales/*/{index,shell,words,catalogue}.ts"]);

function loadersOf(theme: Theme): Loaders {
  const one = LOCALES.map((locale) => [locale, files[`./locales/${locale}/${theme}.ts`]!]);
  return Object.fromEntries(one) as Loaders;
}

export const themes = Object.fromEntries(THEMES.map((theme) => [theme, loadersOf(theme)])) as Record<Theme, Loaders>;

/** A page (or a part fetched later) with its words; any of them may be refused, so those come too. */
export function speaking<Page>(wanted: readonly Theme[], load: () => Promise<Page>): () => Promise<Page> {
  return async () => {
    const words = ["refusals" as const, ...wanted].map((theme) => bringWords(themes[theme]));
    const [page] = await Promise.all([load(), ...words]);
    return page;
  };
}
