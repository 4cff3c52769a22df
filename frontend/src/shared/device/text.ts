import { translatorOf } from "../i18n";
import type device from "../i18n/locales/zh-CN/device";

/** For parts under `shared/device`: keys that the catalogues of display and kiosk contain. */
export const td = translatorOf<typeof device>();
