/** The allow-list of Element Plus parts. Nothing else in the code imports the library. */
import "element-plus/es/components/base/style/css";
import "element-plus/es/components/dialog/style/css";
import "element-plus/es/components/select/style/css";
import "element-plus/es/components/option/style/css";

export { ElConfigProvider } from "element-plus/es/components/config-provider/index.mjs";
export { ElDialog } from "element-plus/es/components/dialog/index.mjs";
export { ElOption, ElSelect } from "element-plus/es/components/select/index.mjs";

import type { Locale } from "@/shared/i18n";

type ElementLocale = { name: string; el: Record<string, unknown> };

const packs: Record<Locale, () => Promise<{ default: unknown }>> = {
  "zh-CN": () => import("element-plus/es/locale/lang/zh-cn.mjs"),
  "zh-TW": () => import("element-plus/es/locale/lang/zh-tw.mjs"),
  en: () => import("element-plus/es/locale/lang/en.mjs"),
};

export async function elementLocale(locale: Locale): Promise<ElementLocale> {
  return (await packs[locale]()).default as ElementLocale;
}
