import { translatorOf } from "./index";
import type shared from "./locales/zh-CN/shared";

/** For parts under `shared/`: keys that every surface's catalogue contains. */
export const ts = translatorOf<typeof shared>();
