/** What a screen knows of itself: unpaired, waiting with a code, paired with settings, or ended. */
import { computed, onScopeDispose, ref, shallowRef } from "vue";
import { api } from "../api/client";
import { ApiError } from "../api/errors";
import type { Iso } from "../api/types";
import { syncClock } from "../time/clock";

export type DeviceKind = "display" | "kiosk" | "entrance";
export interface DeviceSettings {
  layout: "numbers" | "table" | "notices"; windows: string[]; queues: string[];
  notice: string; voice: boolean; english: boolean; paper: "80" | "58" | "none";
}
export interface AboutDevice {
  state: "unpaired" | "waiting" | "paired" | "revoked"; id: string | null; name: string; kind: DeviceKind | null;
  code: string | null; until: Iso | null; settings: DeviceSettings | null; now: Iso;
}

export const PLAIN: DeviceSettings = { layout: "numbers", windows: [], queues: [], notice: "", voice: true, english: false, paper: "80" };
const ASK_WAITING_MS = 3_000;
const ASK_CALM_MS = 60_000;
const ASK_AFTER_FAILURE_MS = 10_000;
const KEY = "bancheng.device";

/** Settings outlive a reload without network, so that a screen comes up in its own layout. */
function kept(): DeviceSettings {
  try {
    return { ...PLAIN, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<DeviceSettings>) };
  } catch {
    return PLAIN;
  }
}

function keep(settings: DeviceSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Without storage the screen starts plain after a reload.
  }
}

export function useDevice(kind: DeviceKind) {
  const about = shallowRef<AboutDevice | null>(null);
  const settings = shallowRef<DeviceSettings>(kept());
  const offline = ref(false);
  const busy = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const plan = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
  };

  async function look(): Promise<void> {
    try {
      take(await api.get<AboutDevice>("devices/me"));
    } catch (error) {
      offline.value = error instanceof ApiError && error.status === 0;
      plan(ASK_AFTER_FAILURE_MS);
    }
  }

  function take(next: AboutDevice): void {
    offline.value = false;
    syncClock(next.now);
    about.value = next;
    if (next.settings) {
      settings.value = { ...PLAIN, ...next.settings };
      keep(settings.value);
    }
    plan(next.state === "waiting" ? ASK_WAITING_MS : ASK_CALM_MS);
  }

  /** Show a code. The secret comes as a cookie that no script can read. */
  async function pair(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    try {
      await api.post("devices/pairing", { kind });
      await look();
    } catch {
      plan(ASK_AFTER_FAILURE_MS);
    } finally {
      busy.value = false;
    }
  }

  onScopeDispose(() => clearTimeout(timer));
  void look();
  return { about, settings, offline, busy, look, pair, state: computed(() => about.value?.state ?? null) };
}

export type Device = ReturnType<typeof useDevice>;
