import shared from "@/shared/i18n/locales/zh-TW/shared";
import board from "./board";
import city from "./city";
import shell from "./shell";

export default { ...shared, ...shell, ...board, ...city };
