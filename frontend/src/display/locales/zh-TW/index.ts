import shared from "@/shared/i18n/locales/zh-TW/shared";
import type zh from "../zh-CN";

export default {
  ...shared,
  "display.title": "「辦不成事」反映窗口",
} satisfies Record<keyof typeof zh, string>;
