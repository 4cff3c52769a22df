/** Names of key combinations, which of them a person may choose, and what they chose (WCAG 2.1.4). */
import { reactive } from "vue";

const CHOSEN_KEY = "bancheng.keys";
/** Full-width signs that a Chinese keyboard layout sends for the same key. */
const WIDE: Record<string, string> = { "\uff1f": "?", "\uff0f": "/", "\u3001": "/" };
/** Taken by the browser, by screen readers or by the controls themselves. */
const RESERVED = new Set([
  "Tab", "Enter", "Escape", "Space", " ", "Backspace", "Delete", "F1", "F5", "F6", "F7", "F10", "F11", "F12", "Alt+F4",
  "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Insert", "Dead", "Process",
  ...["A", "C", "F", "L", "N", "P", "R", "S", "T", "V", "W", "X", "Y", "Z"].map((letter) => `Ctrl+${letter}`),
]);

/** "Ctrl+Enter" of a key event; letters in upper case after a modifier, none with Ctrl+Shift. */
export function comboOf(event: KeyboardEvent): string {
  const ctrl = event.ctrlKey || event.metaKey;
  const parts: string[] = [];
  if (ctrl) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  const letter = /^Key([A-Z])$/.exec(event.code ?? "")?.[1];
  const said = event.altKey && letter ? letter : event.key;
  const key = WIDE[said] ?? said;
  if (event.shiftKey && (parts.length > 0 || key.length > 1)) parts.push("Shift");
  parts.push(parts.length > 0 && key.length === 1 ? key.toUpperCase() : key);
  return parts.join("+");
}

/** One letter, or letters one after the other: quiet until somebody switches them on. */
export const isSingle = (keys: string): boolean => /^[a-z]( [a-z])*$/i.test(keys);

export type Unusable = "reserved" | "modifier" | "shift";
/** Why a combination cannot be chosen; null when it can. */
export function unusable(keys: string): Unusable | null {
  if (/(^|\+)(Control|Shift|Alt|Meta|CapsLock|AltGraph)$/.test(keys)) return "modifier";
  if (keys.includes("Shift+")) return "shift";
  return RESERVED.has(keys) ? "reserved" : null;
}

function read(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(CHOSEN_KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((one): one is [string, string] => typeof one[1] === "string"));
  } catch {
    return {};
  }
}

/** Command → the keys that a person put in place of ours. */
export const chosenKeys = reactive<Record<string, string>>(read());

function keep(): void {
  try {
    localStorage.setItem(CHOSEN_KEY, JSON.stringify(chosenKeys));
  } catch {
    // Without storage the choice lasts for this page.
  }
}

/** Put other keys in place; null gives ours back. */
export function rebind(id: string, keys: string | null): void {
  if (keys === null) delete chosenKeys[id];
  else chosenKeys[id] = keys;
  keep();
}

export function rebindAll(): void {
  for (const id of Object.keys(chosenKeys)) delete chosenKeys[id];
  keep();
}
