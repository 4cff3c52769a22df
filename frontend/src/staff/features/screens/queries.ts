/** The hall's screens: who is paired, approving, setting up, ending. */
import { useQuery } from "@tanstack/vue-query";
import { api } from "@/shared/api/client";
import type { Iso, Page, Uuid } from "@/shared/api/types";
import type { DeviceKind, DeviceSettings } from "@/shared/device/device";

export interface Screen {
  id: Uuid; name: string; kind: DeviceKind; settings: DeviceSettings; approved_at: Iso; last_seen_at: Iso | null; revoked_at: Iso | null; version: number;
}
const EVERY_MS = 30_000;
/** A display asks at least twice a minute: two minutes without a word mean that it is off or cut off. */
export const SILENT_MS = 120_000;

export function useScreens() {
  return useQuery({ queryKey: ["devices"], queryFn: async () => (await api.get<Page<Screen>>("devices")).results, refetchInterval: EVERY_MS });
}

export type Health = "well" | "silent" | "never" | "ended";

export function healthOf(screen: Pick<Screen, "last_seen_at" | "revoked_at">, now: number): Health {
  if (screen.revoked_at) return "ended";
  if (!screen.last_seen_at) return "never";
  return now - Date.parse(screen.last_seen_at) > SILENT_MS ? "silent" : "well";
}
