/**
 * What somebody has typed, kept in this tab until it is sent (server-side drafts come later).
 * The key carries the post, so the next person at this machine does not see it.
 */
import { onScopeDispose, ref, watch, type Ref } from "vue";
import { useSession } from "./session";

const PREFIX = "bancheng.draft";
const QUIET_MS = 400;

/** `unkept`: fields that are never stored, because they say who is accused of what. */
export function useDraft<T extends object>(name: () => string, blank: () => T, unkept: readonly string[] = []): { values: Ref<T>; savedAt: Ref<number | null>; clear: () => void } {
  const session = useSession();
  const key = (): string => `${PREFIX}:${session.post?.id ?? ""}:${name()}`;
  const values = ref(load(key(), blank())) as Ref<T>;
  const savedAt = ref<number | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unsaved: string | null = null;
  let clearing = false;

  function save(): void {
    clearTimeout(timer);
    if (unsaved !== null) savedAt.value = store(unsaved, { ...values.value, ...Object.fromEntries(unkept.map((field) => [field, undefined])) }) ? Date.now() : null;
    unsaved = null;
  }
  watch(values, () => {
    clearTimeout(timer);
    if (clearing) return;
    unsaved = key();
    timer = setTimeout(save, QUIET_MS);
  }, { deep: true, flush: "sync" });
  watch(name, () => {
    save();
    clearing = true;
    values.value = load(key(), blank());
    clearing = false;
    savedAt.value = null;
  }, { flush: "sync" });
  window.addEventListener("pagehide", save);
  onScopeDispose(() => {
    save();
    window.removeEventListener("pagehide", save);
  });

  function clear(): void {
    clearing = true;
    clearTimeout(timer);
    unsaved = null;
    values.value = blank();
    savedAt.value = null;
    clearing = false;
    try {
      sessionStorage.removeItem(key());
    } catch {
      // Nothing was stored.
    }
  }
  return { values, savedAt, clear };
}

function load<T extends object>(key: string, blank: T): T {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return typeof kept === "object" && kept !== null ? { ...blank, ...(kept as Partial<T>) } : blank;
  } catch {
    return blank;
  }
}

function store(key: string, value: object): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
