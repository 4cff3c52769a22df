/**
 * Keyboard shortcuts (frontend.md §4): F keys and Alt/Ctrl combinations always; single letters
 * only when the person switched them on (WCAG 2.1.4), and none while typing or in a dialog.
 */
import { onScopeDispose, ref, shallowReactive } from "vue";

export interface Shortcut {
  /** "F2", "Alt+D", "Ctrl+Enter", "/", "?", "j" */
  keys: string;
  /** Words, asked for when the sheet opens so that they follow the language. */
  label: () => string;
  run: () => void;
  /** Also while typing in a field (Ctrl+Enter, F2). */
  inFields?: boolean;
  /** Listed in the sheet but handled by the element itself. */
  listedOnly?: boolean;
}

const STORAGE_KEY = "bancheng.shortcuts";
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

/** "Ctrl+Enter" of a key event; letters in upper case after a modifier. */
export function comboOf(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  const letter = /^Key([A-Z])$/.exec(event.code ?? "")?.[1];
  const key = event.altKey && letter ? letter : event.key;
  parts.push(parts.length > 0 && key.length === 1 ? key.toUpperCase() : key);
  return parts.join("+");
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

const inDialog = (): boolean => document.querySelector('[aria-modal="true"]') !== null && visibleDialog();

function visibleDialog(): boolean {
  return [...document.querySelectorAll<HTMLElement>('[aria-modal="true"]')].some(
    (dialog) => dialog.getClientRects().length > 0,
  );
}

/** Whether this shortcut may run for this event. */
export function allowed(shortcut: Shortcut, event: KeyboardEvent): boolean {
  if (!enabled.value || shortcut.listedOnly || event.isComposing || event.repeat) return false;
  const single = shortcut.keys.length === 1;
  if (single && /[a-z]/i.test(shortcut.keys) && !singleLetters.value) return false;
  if (typing(event.target) && !shortcut.inFields) return false;
  return !inDialog() || shortcut.inFields === true;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const combo = comboOf(event);
  for (let i = registered.length - 1; i >= 0; i -= 1) {
    const shortcut = registered[i];
    if (!shortcut || shortcut.keys !== combo || !allowed(shortcut, event)) continue;
    event.preventDefault();
    shortcut.run();
    return;
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
