import shared from "@/shared/i18n/locales/en/shared";
import type zh from "../zh-CN";

export default {
  ...shared,
  "display.title": "Unresolved-matters desk",
  "display.screen": "Number display",
  "display.please": "Number",
  "display.to": "to window",
  "display.window": "",
  "display.at_window": "Window {n}",
  "display.serving": "Being served",
  "display.next": "Coming next",
  "display.none": "None",
  "display.nobody": "No number is called now",
  "display.starting": "Connecting",
  "display.lost": "No connection since {at}",
  "display.polling": "Refreshing at intervals",
  "display.refused": "This screen is not admitted yet",
  "display.refused_hint": "A hall administrator has to open the device link here once.",
  "display.notice": "Missed your number? Ask at the guidance desk · Priority for people over 65, expectant mothers and people with disabilities",
} satisfies Record<keyof typeof zh, string>;
