/** Look again every so often while the page is visible; old data says how old it is. */
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from "vue";
import { ApiError } from "@/shared/api/errors";
import { serverNow, useNow } from "@/shared/time/clock";

export const EVERY_MS = 15_000;
const SLOWED_MS = 60_000;

/** Old: one look failed, or two were due and none came. */
export function isStale(loadedAt: number | null, now: number, failed: boolean): boolean {
  if (loadedAt === null) return false;
  return failed || now - loadedAt > 2.5 * EVERY_MS;
}

export interface Poll<T> {
  data: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  loadedAt: Ref<number | null>;
  stale: ComputedRef<boolean>;
  look: () => Promise<void>;
  put: (value: T) => void;
}

export function usePoll<T>(read: () => Promise<T>, giveUp: (error: unknown) => boolean): Poll<T> {
  const data = shallowRef<T | null>(null);
  const error = shallowRef<unknown>(null);
  const loadedAt = ref<number | null>(null);
  const now = useNow();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking = false;

  const plan = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
  };

  function put(value: T): void {
    data.value = value;
    error.value = null;
    loadedAt.value = serverNow();
    plan(EVERY_MS);
  }

  async function look(): Promise<void> {
    if (looking || document.visibilityState === "hidden") return;
    looking = true;
    try {
      put(await read());
    } catch (problem) {
      error.value = problem;
      if (giveUp(problem)) clearTimeout(timer);
      else plan(problem instanceof ApiError && problem.status === 429 ? SLOWED_MS : EVERY_MS);
    } finally {
      looking = false;
    }
  }

  const onVisible = (): void => void (document.visibilityState === "visible" && look());
  document.addEventListener("visibilitychange", onVisible);
  onScopeDispose(() => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
  });
  return { data, error, loadedAt, stale: computed(() => isStale(loadedAt.value, now.value, error.value !== null)), look, put };
}
