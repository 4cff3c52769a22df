/** Short confirmations: polite, at least six seconds, held while hovered or focused. */
import { reactive } from "vue";
import { announceNow } from "../a11y/announcer";

export interface Toast { id: number; text: string; tone: "ok" | "warn"; action?: { label: string; run: () => void } }
/** Who keeps what was said: the console lists it under the bell. */
let keeper: (text: string) => void = () => undefined;
export const onToast = (keep: (text: string) => void): void => {
  keeper = keep;
};
export const toasts = reactive<Toast[]>([]);
const LIFE_MS = 6_000;
const LIFE_WITH_ACTION_MS = 10_000;
let nextId = 1;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function toast(text: string, options: Partial<Pick<Toast, "tone" | "action">> & { kept?: boolean } = {}): void {
  const entry: Toast = { id: nextId, text, tone: options.tone ?? "ok", action: options.action };
  nextId += 1;
  if (!options.kept) keeper(text);
  toasts.push(entry);
  if (toasts.length > 4) dismiss(toasts[0]!.id);
  announceNow(text);
  release(entry.id);
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const at = toasts.findIndex((entry) => entry.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

export function hold(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

export function release(id: number): void {
  const entry = toasts.find((one) => one.id === id);
  if (entry) timers.set(id, setTimeout(() => dismiss(id), entry.action ? LIFE_WITH_ACTION_MS : LIFE_MS));
}
