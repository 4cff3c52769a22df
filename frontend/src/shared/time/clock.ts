/**
 * Server time on this page: the device clock plus an offset learnt from the server.
 * One ticker at 1 Hz drives every countdown.
 */
import { computed, onScopeDispose, readonly, ref, type ComputedRef, type Ref } from "vue";

let offset = 0;
const tick = ref(Date.now());
let timer: ReturnType<typeof setInterval> | null = null;
let watchers = 0;

/** Learn the offset from the server's own "now" (ISO or epoch milliseconds). */
export function syncClock(serverNow: string | number): void {
  const at = typeof serverNow === "number" ? serverNow : Date.parse(serverNow);
  if (Number.isNaN(at)) return;
  offset = at - Date.now();
  tick.value = Date.now() + offset;
}

export function serverNow(): number {
  return Date.now() + offset;
}

export function clockOffset(): number {
  return offset;
}

function beat(): void {
  tick.value = serverNow();
}

/** Milliseconds of server time, refreshed every second while somebody looks. */
export function useNow(): Readonly<Ref<number>> {
  watchers += 1;
  beat();
  timer ??= setInterval(beat, 1000);
  onScopeDispose(() => {
    watchers -= 1;
    if (watchers > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  });
  return readonly(tick);
}

/** Whole seconds until `at` (negative after it); null while `at` is unknown. */
export function useSecondsUntil(at: () => string | null | undefined): ComputedRef<number | null> {
  const now = useNow();
  return computed(() => {
    const due = at();
    return due ? Math.floor((Date.parse(due) - now.value) / 1000) : null;
  });
}
