/** Short confirmations: polite, at least six seconds, held while hovered or focused. */
import { reactive } from "vue";
import { announceNow } from "../a11y/announcer";
import { serverNow } from "../time/clock";

export interface Toast { id: number; text: string; tone: "ok" | "warn"; action?: ToastAction }
/** `until` (server time): the moment after which it is no use pressing; it is counted down, and no hovering holds it. */
export interface ToastAction { label: string; run: () => void; until?: number; keys?: string }
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
  announceNow(options.action?.until ? `${text} ${options.action.label} ${options.action.keys ?? ""}` : text);
  release(entry.id);
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const at = toasts.findIndex((entry) => entry.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

/** Press the newest toast that can still be pressed; false when there is none. */
export function runNewest(): boolean {
  const entry = [...toasts].reverse().find((one) => one.action?.until !== undefined);
  if (!entry?.action) return false;
  dismiss(entry.id);
  entry.action.run();
  return true;
}

export function hold(id: number): void {
  if (toasts.some((one) => one.id === id && one.action?.until !== undefined)) return;
  clearTimeout(timers.get(id));
  timers.delete(id);
}

export function release(id: number): void {
  const entry = toasts.find((one) => one.id === id);
  if (entry?.action?.until !== undefined) {
    if (!timers.has(id)) timers.set(id, setTimeout(() => dismiss(id), Math.max(0, entry.action.until - serverNow())));
  } else if (entry) timers.set(id, setTimeout(() => dismiss(id), entry.action ? LIFE_WITH_ACTION_MS : LIFE_MS));
}
