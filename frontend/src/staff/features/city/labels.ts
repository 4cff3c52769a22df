import { t } from "@/staff/i18n";
import type { WindowLabel } from "./answers";

export const NO_WINDOW = "00000000-0000-0000-0000-000000000000";

/** A window as people call it; what happened away from windows has a name too. */
export function labelOf(window: WindowLabel): string {
  if (window.id === NO_WINDOW) return t("city.no_window");
  return window.label || t("city.unnamed_window");
}
