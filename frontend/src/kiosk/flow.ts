/** The kiosk's steps without a screen: group, type, confirm, ticket; and two side doors. */
import type { Menu, MenuGroup, MenuQueue } from "@/shared/api/queue-types";

export type Step = "groups" | "types" | "confirm" | "ticket" | "checkin" | "return";
/** Nobody touches for this long: the next person begins anew. */
export const IDLE_MS = 45_000;
export const TICKET_MS = 15_000;
const FEW = 8;

/** What this kiosk offers: its own prefixes, groups without any left out. */
export function offered(menu: Menu, prefixes: readonly string[]): MenuGroup[] {
  const mine = (queue: MenuQueue): boolean => prefixes.length === 0 || prefixes.includes(queue.prefix);
  return menu.groups.map((group) => ({ ...group, queues: group.queues.filter(mine) })).filter((group) => group.queues.length > 0);
}

/** Two levels only where one would not fit: few types, or one group, are shown at once. */
export function isFlat(groups: readonly MenuGroup[]): boolean {
  return groups.length <= 1 || groups.reduce((sum, group) => sum + group.queues.length, 0) <= FEW;
}

export const stillGiven = (queue: MenuQueue): boolean => queue.open && queue.left !== 0;

export function idleAfter(step: Step): number | null {
  if (step === "groups") return null;
  return step === "ticket" ? TICKET_MS : IDLE_MS;
}

/** Digits of a phone number as they are tapped; at most eleven. */
export function tapped(phone: string, key: string): string {
  if (key === "back") return phone.slice(0, -1);
  if (key === "clear") return "";
  return /^\d$/.test(key) && phone.length < 11 ? phone + key : phone;
}

/** Empty is allowed where a phone is optional; else it must look like one. */
export const phoneComplete = (phone: string): boolean => phone === "" || /^1\d{10}$/.test(phone);
