/** The console's whole catalogue at once, for tests that read words of many pages. */
import { LOCALES, type Loaders, type Messages } from "@/shared/i18n";
import { loaders } from "@/staff/i18n";
import { themes } from "@/staff/themes";

export const catalogue = Object.fromEntries(
  LOCALES.map((locale) => [locale, async () => {
    const parts = await Promise.all([loaders, ...Object.values(themes)].map((one) => one[locale]()));
    return { default: Object.assign({}, ...parts.map((part) => part.default)) as Messages };
  }]),
) as Loaders;
