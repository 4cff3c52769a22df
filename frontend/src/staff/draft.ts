/**
 * What somebody has typed, until it is sent: in this tab at once, on the server when they pause, so
 * that it is there on another machine too. Two machines of one person notice each other, and neither
 * text is lost (frontend.md §4). While the network is away the tab keeps it and hands it in later.
 */
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";
import { ApiError } from "@/shared/api/errors";
import { dropLocal, loadLocal, localKey, storeLocal, type Local } from "./drafts/local";
import { discardDraft, findDraft, saveDraft, type Kept, type Where } from "./drafts/server";
import { useSession } from "./session";

export type { Where };
const QUIET_MS = 400;
const PAUSE_MS = 1_500;
const AGAIN_MS = 10_000;
/** `unkept` is stored nowhere, because it says who is accused of what; `sealed` only on the server, under the hall's key. */
export interface DraftOptions { unkept?: readonly string[]; sealed?: readonly string[] }
/** The same form as it was saved somewhere else, with other words. */
export interface Other<T> { values: T; savedAt: number; kept: Kept }
export type Draft<T extends object> = ReturnType<typeof useDraft<T>>;

const without = (values: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
const same = (one: object, two: object): boolean => JSON.stringify(one) === JSON.stringify(two);

/** Put a text back that was sent and taken back: it stands there when the form is opened again. */
export async function keepDraft(where: Where, values: object): Promise<void> {
  const at = Date.now();
  storeLocal(localKey(useSession().post?.id ?? "", where), { values: { ...values }, id: null, version: 0, synced: false, at });
  await saveDraft(where, values, 0).catch(() => undefined);
}

export function useDraft<T extends object>(where: () => Where, blank: () => T, { unkept = [], sealed = [] }: DraftOptions = {}) {
  const session = useSession();
  const values = ref(blank()) as Ref<T>;
  /** When it was last put away, and whether only this tab has it. */
  const savedAt = ref<number | null>(null);
  const onlyHere = ref(false);
  const restoredAt = ref<number | null>(null);
  const other = ref(null) as Ref<Other<T> | null>;
  const gone = ref(false);
  let place = where();
  let key = localKey(session.post?.id ?? "", place);
  const line = shallowRef<{ id: string | null; version: number }>({ id: null, version: 0 });
  let [synced, touched, quiet, refused, held, turn] = [true, false, false, false, false, 0];
  let near: ReturnType<typeof setTimeout> | undefined;
  let far: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  const body = (): Record<string, unknown> => without(values.value, unkept);
  const empty = (): boolean => same(body(), without(blank(), unkept));
  const filled = (kept: object): T => ({ ...blank(), ...kept });

  function quietly(change: () => void): void {
    quiet = true;
    change();
    quiet = false;
  }
  function keepHere(): void {
    clearTimeout(near);
    if (!touched && synced) return;
    const kept: Local = { values: without(body(), sealed), ...line.value, synced, at: Date.now() };
    const stored = storeLocal(key, kept);
    if (!synced) savedAt.value = stored ? kept.at : null;
  }
  function begin(): void {
    turn += 1;
    place = where();
    key = localKey(session.post?.id ?? "", place);
    const local = loadLocal(key);
    line.value = { id: local?.id ?? null, version: local?.version ?? 0 };
    [synced, touched, refused, held] = [local?.synced ?? true, false, false, false];
    [savedAt.value, other.value, gone.value, onlyHere.value] = [null, null, false, false];
    quietly(() => (values.value = filled(local?.values ?? {})));
    restoredAt.value = local && !empty() ? local.at : null;
    void meetServer(local, turn);
  }
  function adopt(found: Kept): void {
    line.value = { id: found.id, version: found.version };
    synced = true;
    keepHere();
  }
  async function meetServer(local: Local | null, mine: number): Promise<void> {
    const found = await findDraft(place).catch(() => undefined);
    if (mine !== turn) return;
    if (found === undefined) onlyHere.value = !synced;
    else if (found === null) lostElsewhere(local);
    else compare(found, local);
  }
  function lostElsewhere(local: Local | null): void {
    line.value = { id: null, version: 0 };
    if (local?.synced && !touched) clear();
    else if (!synced) later();
  }
  function compare(found: Kept, local: Local | null): void {
    const theirs = filled(found.body);
    if (same(without(theirs, unkept), body())) adopt(found);
    else if (!touched && (local?.synced ?? true)) {
      quietly(() => (values.value = { ...theirs, ...Object.fromEntries(unkept.map((name) => [name, blank()[name as keyof T]])) }));
      restoredAt.value = found.savedAt;
      adopt(found);
    } else if (local?.version === found.version) {
      // What only the server was trusted with comes back; the rest of this tab is newer.
      quietly(() => Object.assign(values.value, Object.fromEntries(sealed.map((name) => [name, theirs[name as keyof T]]))));
      line.value = { id: found.id, version: found.version };
      later();
    } else other.value = { values: theirs, savedAt: found.savedAt, kept: found };
  }
  function later(wait = PAUSE_MS): void {
    clearTimeout(far);
    far = setTimeout(() => void push(), wait);
  }
  async function push(keepalive = false): Promise<void> {
    clearTimeout(far);
    if (running) await running;
    if (synced || refused || held || other.value) return;
    const mine = turn;
    running = (empty() ? forget() : hand(keepalive, mine)).finally(() => (running = null));
    await running;
  }
  async function forget(): Promise<void> {
    const id = line.value.id;
    line.value = { id: null, version: 0 };
    synced = true;
    dropLocal(key);
    if (id) await discardDraft(id).catch(() => undefined);
  }
  async function hand(keepalive: boolean, mine: number): Promise<void> {
    const sent = body();
    const [spot, from, to] = [place, key, line.value];
    try {
      const saved = await saveDraft(spot, sent, to.version, keepalive);
      if (mine !== turn) {
        storeLocal(from, { values: without(sent, sealed), id: saved.id, version: saved.version, synced: true, at: Date.now() });
        return;
      }
      line.value = { id: saved.id, version: saved.version };
      synced = same(sent, body());
      [savedAt.value, onlyHere.value] = [Date.now(), false];
      keepHere();
      if (!synced) later();
    } catch (error) {
      if (mine === turn) await notHanded(error, mine);
    }
  }
  async function notHanded(error: unknown, mine: number): Promise<void> {
    const code = error instanceof ApiError ? error.code : "";
    const status = error instanceof ApiError ? error.status : 0;
    onlyHere.value = true;
    if (code === "drafts.changed_elsewhere") {
      const found = await findDraft(place).catch(() => undefined);
      if (mine !== turn || found === undefined) return;
      if (found) compare(found, { values: {}, id: null, version: -1, synced: false, at: 0 });
      else [gone.value, line.value] = [true, { id: null, version: 0 }];
    } else if (status === 0 || status >= 500) later(AGAIN_MS);
    else refused = true;
  }

  /** Before sending: nothing is on its way, nor will be until `clear` or `resume`; the draft that the step takes along. */
  async function settle(): Promise<string | null> {
    held = true;
    clearTimeout(far);
    if (running) await running;
    return line.value.id;
  }
  /** Saved now, whatever the pause: the draft's id, for what is kept beside it; null when it could not be. */
  async function keepNow(): Promise<string | null> {
    await push();
    return line.value.id;
  }
  /** It was not taken: go on keeping it. */
  function resume(): void {
    held = false;
    if (!synced) later();
  }
  function clear(): void {
    clearTimeout(near);
    clearTimeout(far);
    turn += 1;
    line.value = { id: null, version: 0 };
    [synced, touched, held] = [true, false, false];
    quietly(() => (values.value = blank()));
    [savedAt.value, restoredAt.value, other.value, gone.value, onlyHere.value] = [null, null, null, false, false];
    dropLocal(key);
  }
  async function discard(): Promise<void> {
    const id = await settle();
    clear();
    if (id) await discardDraft(id).catch(() => undefined);
  }
  function takeOther(): void {
    const theirs = other.value;
    if (!theirs) return;
    other.value = null;
    quietly(() => (values.value = theirs.values));
    restoredAt.value = theirs.savedAt;
    adopt(theirs.kept);
  }
  function keepMine(): void {
    if (!other.value) return;
    line.value = { id: other.value.kept.id, version: other.value.kept.version };
    other.value = null;
    synced = false;
    void push();
  }

  watch(values, () => {
    if (quiet) return;
    [touched, synced] = [true, false];
    clearTimeout(near);
    near = setTimeout(keepHere, QUIET_MS);
    later();
  }, { deep: true, flush: "sync" });
  watch(() => localKey("", where()), () => {
    keepHere();
    void push();
    begin();
  }, { flush: "sync" });
  const leaving = (): void => {
    keepHere();
    void push(true);
  };
  const hidden = (): void => { if (document.visibilityState === "hidden") leaving(); };
  const online = (): void => { if (!synced) later(0); };
  window.addEventListener("pagehide", leaving);
  window.addEventListener("online", online);
  document.addEventListener("visibilitychange", hidden);
  onScopeDispose(() => {
    leaving();
    clearTimeout(far);
    window.removeEventListener("pagehide", leaving);
    window.removeEventListener("online", online);
    document.removeEventListener("visibilitychange", hidden);
  });
  begin();
  const id = computed(() => line.value.id);
  return { id, keepNow, values, savedAt, onlyHere, restoredAt, other, gone, empty, clear, discard, settle, resume, takeOther, keepMine, quietly };
}
