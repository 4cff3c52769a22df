/** The pages of the console: the menu shows them, the palette and the letter sequences open them. */
import type { IconName } from "@/shared/ui/icons";
import type { StaffKey } from "./i18n";
import type { Gate } from "./router";

export interface PageEntry {
  key: string; to: string; icon: IconName; label: StaffKey; gate: Gate;
  /** Setting up the hall stands apart from the day's work. */
  group?: "manage";
  /** Two letters one after the other, for those who switched letters on. */
  letters?: string;
}

export const PAGES: readonly PageEntry[] = [
  { key: "desk", to: "/desk", icon: "desk", label: "nav.desk", gate: "hall", letters: "g d" },
  { key: "inbox", to: "/inbox", icon: "office", label: "nav.inbox", gate: "unit", letters: "g i" },
  { key: "cases", to: "/cases", icon: "cases", label: "nav.cases", gate: "any", letters: "g c" },
  { key: "referrals", to: "/referral/in", icon: "inbox", label: "nav.referrals", gate: "hall", letters: "g r" },
  { key: "work", to: "/work", icon: "check", label: "nav.work", gate: "may:work.read", letters: "g w" },
  { key: "meetings", to: "/meetings", icon: "calendar", label: "nav.meetings", gate: "may:meetings.read", letters: "g m" },
  { key: "board", to: "/board", icon: "board", label: "nav.board", gate: "hall", letters: "g b" },
  { key: "reception", to: "/reception", icon: "ticket", label: "nav.reception", gate: "may:guidance.record", letters: "g g" },
  { key: "oversight", to: "/oversight", icon: "flag", label: "nav.oversight", gate: "may:cards.read", letters: "g o" },
  { key: "ledger", to: "/ledger", icon: "book", label: "nav.ledger", gate: "may:ledger.read", letters: "g l" },
  { key: "intake", to: "/intake", icon: "sign", label: "nav.intake", gate: "may:intake.figures", letters: "g t" },
  { key: "conduct", to: "/conduct", icon: "shield", label: "nav.conduct", gate: "may:conduct.page", letters: "g f" },
  { key: "city", to: "/city", icon: "city", label: "nav.city", gate: "city", letters: "g y" },
  { key: "people", to: "/people", icon: "user", label: "nav.people", gate: "may:staff.confirm", group: "manage", letters: "g p" },
  { key: "lines", to: "/lines", icon: "stamp", label: "nav.lines", gate: "may:windows.set_up", group: "manage" },
  { key: "screens", to: "/screens", icon: "screen", label: "nav.screens", gate: "may:devices.manage", group: "manage" },
  { key: "admin", to: "/admin/setup", icon: "tick", label: "nav.admin", gate: "may:setup.read", group: "manage" },
  { key: "documents", to: "/documents", icon: "print", label: "nav.documents", gate: "may:templates.read", group: "manage" },
  { key: "settings", to: "/settings", icon: "calendar", label: "nav.settings", gate: "may:policies.decide", group: "manage", letters: "g s" },
];
