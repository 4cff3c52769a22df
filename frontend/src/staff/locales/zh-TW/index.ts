/** What the console says on every page; each page brings its themes along (themes.ts). */
import shared from "@/shared/i18n/locales/zh-TW/shared";
import shell from "./shell";
import words from "./words";

export default { ...shared, ...shell, ...words };
