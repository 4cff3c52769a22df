/**
 * Keyboard shortcuts (frontend.md §4): F keys and Alt/Ctrl combinations always; single letters and
 * sequences of them only when the person switched them on (WCAG 2.1.4), none while typing, and none
 * while a dialog is open: what is behind it is not what the person is looking at.
 */
import { onScopeDispose, ref, shallowReactive } from "vue";
import { chosenKeys, comboOf, isSingle } from "./keys";

export { comboOf };
export interface Shortcut {
  /** Ours, until the person puts others in place: "F2", "Alt+D", "Ctrl+Enter", "/", "?", "j", "g d" */
  keys: string;
  /** What it is remembered by when other keys are chosen; without one it cannot be changed. */
  id?: string;
  /** Words, asked for when the sheet opens so that they follow the language. */
  label: () => string;
  run: () => void;
  /** Also while typing in a field (Ctrl+Enter, F2). */
  inFields?: boolean;
  /** Listed in the sheet but handled by the element itself. */
  listedOnly?: boolean;
}

const STORAGE_KEY = "bancheng.shortcuts";
const SEQUENCE_MS = 1_500;
export const registered = shallowReactive<Shortcut[]>([]);
export const enabled = ref(read() !== "off");
export const singleLetters = ref(read() === "letters");
export const sheetOpen = ref(false);

function read(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? "on";
  } catch {
    return "on";
  }
}

export function setMode(mode: "on" | "off" | "letters"): void {
  enabled.value = mode !== "off";
  singleLetters.value = mode === "letters";
  try {
    localStorage.setItem(STORAGE_KEY, mode);
  } catch {
    // Without storage the choice lasts for this page.
  }
}

/** What has to be pressed: the person's own keys, or ours. */
export const keysOf = (shortcut: Pick<Shortcut, "id" | "keys">): string => chosenKeys[shortcut.id ?? ""] ?? shortcut.keys;

/** Whether text goes to where this event came from; a tick box or a radio button takes none. */
function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** A dialog that can be seen. */
export function inDialog(): boolean {
  return [...document.querySelectorAll<HTMLElement>('[aria-modal="true"]')].some(
    (dialog) => dialog.getClientRects().length > 0,
  );
}

/** Whether this shortcut may run for this event. */
export function allowed(shortcut: Shortcut, event: KeyboardEvent): boolean {
  if (!enabled.value || shortcut.listedOnly || event.isComposing || event.repeat) return false;
  if (isSingle(keysOf(shortcut)) && !singleLetters.value) return false;
  if (typing(event.target) && !shortcut.inFields) return false;
  return !inDialog();
}

let begun = "";
let begunAt = 0;

/** The newest shortcut for what was pressed, after the letter before it when there was one. */
function wanted(event: KeyboardEvent, pressed: string): Shortcut | undefined {
  return [...registered].reverse().find((one) => keysOf(one) === pressed && allowed(one, event));
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const combo = comboOf(event);
  const before = event.timeStamp - begunAt < SEQUENCE_MS ? begun : "";
  begun = "";
  const shortcut = (before && wanted(event, `${before} ${combo}`)) || wanted(event, combo);
  if (shortcut) {
    event.preventDefault();
    shortcut.run();
  } else if (registered.some((one) => keysOf(one).startsWith(`${combo} `) && allowed(one, event))) {
    begun = combo;
    begunAt = event.timeStamp;
  }
}

let listening = false;
export function startShortcuts(): void {
  if (listening) return;
  listening = true;
  window.addEventListener("keydown", onKey);
}

/** Register for the life of the current component; the newest one wins a tie. */
export function useShortcut(shortcut: Shortcut): void {
  registered.push(shortcut);
  onScopeDispose(() => {
    const at = registered.indexOf(shortcut);
    if (at >= 0) registered.splice(at, 1);
  });
}
