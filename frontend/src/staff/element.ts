/**
 * The allow-list of Element Plus parts. Nothing else in the code imports the library, and this
 * file is loaded only when the first dialog opens.
 */
import "element-plus/es/components/base/style/css";
import "element-plus/es/components/dialog/style/css";
import type { Locale } from "@/shared/i18n";

export { ElConfigProvider } from "element-plus/es/components/config-provider/index.mjs";
export { ElDialog } from "element-plus/es/components/dialog/index.mjs";

export interface ElementLocale { name: string; el: Record<string, unknown> }

const packs: Record<Locale, () => Promise<{ default: unknown }>> = {
  "zh-CN": () => import("element-plus/es/locale/lang/zh-cn.mjs"),
  "zh-TW": () => import("element-plus/es/locale/lang/zh-tw.mjs"),
  en: () => import("element-plus/es/locale/lang/en.mjs"),
};

export async function elementLocale(locale: Locale): Promise<ElementLocale> {
  return (await packs[locale]()).default as ElementLocale;
}
