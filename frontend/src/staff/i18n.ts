import { translatorOf, type Loaders } from "@/shared/i18n";
import type messages from "./locales/zh-CN/catalogue";

export const loaders: Loaders = {
  "zh-CN": () => import("./locales/zh-CN"),
  "zh-TW": () => import("./locales/zh-TW"),
  en: () => import("./locales/en"),
};
export const t = translatorOf<typeof messages>();
export type StaffKey = keyof typeof messages;
