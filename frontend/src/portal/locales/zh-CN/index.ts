import shared from "@/shared/i18n/locales/zh-CN/shared";

export default {
  ...shared,
  "portal.title": "“办不成事”反映窗口",
};
