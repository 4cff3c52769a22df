/** The screen's connection: live topics `display` and `queue`, and what to show when they are away. */
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { api } from "@/shared/api/client";
import { ApiError, NetworkError } from "@/shared/api/errors";
import type { EventsPage, LiveEvent } from "@/shared/api/types";
import type { Device } from "@/shared/device/device";
import { LiveClient } from "@/shared/live/live";
import { serverNow, syncClock } from "@/shared/time/clock";
import { Announcements } from "./announcements";
import { CHIME_S, chime } from "./chime";
import { keep, kept, type Call, type DisplayState } from "./state";
import type { Language } from "./words";

const CALM_MS = 1_000;
const LOOK_AGAIN_MS = 30_000;
const ASK_ADMISSION_MS = 10_000;
const CALLS = ["ticket.called", "ticket.recalled"];

export function callOf(event: LiveEvent): Call | null {
  const { number, window } = event.data as { number?: unknown; window?: unknown };
  if (typeof number !== "string" || (typeof window !== "string" && typeof window !== "number")) return null;
  return { number, window: String(window), at: event.at, seq: event.seq };
}

export function useScreen(device: Device) {
  const state = shallowRef<DisplayState | null>(kept(Date.now()));
  const current = shallowRef<Call | null>(null);
  const fresh = ref(false);
  const refused = ref(false);
  const lostSince = ref<number | null>(null);
  let started = false;
  let asking = false;
  let again = false;
  let askedAt = -Infinity;

  const languages = computed<Language[]>(() => (device.settings.value.english ? ["zh", "en"] : ["zh"]));
  const mine = (call: { window: string }): boolean => {
    const { windows } = device.settings.value;
    return windows.length === 0 || windows.includes(call.window);
  };

  /** The recorded voice and its words come after the first picture. */
  let voice: typeof import("./voice") | null = null;
  async function rehearse(): Promise<void> {
    if (!device.settings.value.voice) return;
    voice ??= await import("./voice").catch(() => null);
    await voice?.rehearse(languages.value);
  }

  const announcements = new Announcements((call) => {
    current.value = call;
    fresh.value = true;
    chime();
    if (!voice || !device.settings.value.voice) return 0;
    void voice.speak(call, languages.value, CHIME_S);
    return (CHIME_S + voice.secondsOf(call, languages.value)) * 1_000;
  });
  if (state.value) current.value = newest(state.value.calls.filter(mine));

  const live = new LiveClient({
    url: `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}/ws/live/`,
    poll: (topic, after) => api.get<EventsPage>("events", { topic, after, limit: 200 }),
    onNow: syncClock,
    onSignedOut: turnedAway,
    onTooOld: () => window.location.reload(),
  });

  /** The socket was closed on us: the screen asks at once what has become of it. */
  function turnedAway(): void {
    refused.value = true;
    void device.look();
  }

  async function look(): Promise<void> {
    if (asking || Date.now() - askedAt < CALM_MS) {
      again = true;
      return;
    }
    asking = true;
    askedAt = Date.now();
    try {
      take(await api.get<DisplayState>("display/state"));
    } catch (error) {
      miss(error);
    } finally {
      asking = false;
    }
  }

  function take(next: DisplayState): void {
    syncClock(next.now);
    state.value = next;
    keep(next);
    refused.value = false;
    if (live.state.value !== "offline") lostSince.value = null;
    const calls = next.calls.filter(mine);
    if (started) announcements.hear(calls, serverNow());
    else current.value = announcements.begin(calls) ?? current.value;
    started = true;
    live.start();
  }

  function miss(error: unknown): void {
    if (error instanceof ApiError && [401, 403, 404].includes(error.status)) {
      refused.value = true;
      if (device.state.value === "paired") void device.look();
    } else if (error instanceof NetworkError || error instanceof ApiError) lostSince.value ??= Date.now();
  }

  function onDisplay(event: LiveEvent): void {
    if (event.kind.startsWith("device.")) void device.look();
    const call = callOf(event);
    if (call && mine(call)) {
      if (CALLS.includes(event.kind)) announcements.hear([call], serverNow());
      else if (event.kind === "ticket.withdrawn") withdraw(call);
    }
    void look();
  }

  function withdraw(call: Call): void {
    announcements.withdraw(call.number, call.window);
    if (current.value?.number === call.number && current.value.window === call.window) current.value = null;
  }

  /** A lower count means a new log (the hall's data was set up anew): calls start over with it. */
  function onReset(): void {
    if ((live.lastSeq("display") ?? 0) < announcements.lastSeq) announcements.restart();
    void look();
  }

  live.subscribe("display", { onEvent: onDisplay, onReset });
  live.subscribe("queue", { onEvent: () => void look(), onReset: () => void look() });
  watch(live.state, (now, before) => {
    if (now === "offline") lostSince.value ??= live.heardAt.value ?? Date.now();
    else if (now === "live" || now === "degraded") lostSince.value = null;
    if (now === "live" && before !== "live") void look();
  });
  watch(device.state, (now, before) => {
    if (now === "paired" && before !== "paired") void look();
  });
  watch(() => [device.settings.value.voice, languages.value], () => void rehearse(), { immediate: true });

  const beat = setInterval(() => {
    if (again) {
      again = false;
      void look();
    } else if (Date.now() - askedAt > (refused.value ? ASK_ADMISSION_MS : LOOK_AGAIN_MS)) void look();
  }, CALM_MS);
  onScopeDispose(() => {
    clearInterval(beat);
    live.stop();
  });
  void look();
  return { state, current, fresh, refused, lostSince, mine, polling: computed(() => live.state.value === "degraded") };
}

function newest(calls: readonly Call[]): Call | null {
  return [...calls].sort((a, b) => b.seq - a.seq)[0] ?? null;
}
