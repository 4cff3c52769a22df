import { locale } from "./index";

/** Several names one after the other, as the reader's language separates them. */
export function listed(names: readonly string[]): string {
  return names.join(locale.value === "en" ? ", " : "\u3001");
}
