import shared from "@/shared/i18n/locales/en/shared";
import type zh from "../zh-CN";

export default {
  ...shared,
  "portal.title": "Unresolved-matters desk",
} satisfies Record<keyof typeof zh, string>;
