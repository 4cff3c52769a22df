/** Frames, close codes and timing of the live protocol (frontend.md §5.6). */
import type { EventsPage, LiveEvent } from "../api/types";
import type { Present } from "./presence";

export type LiveState = "idle" | "connecting" | "live" | "degraded" | "offline";

export interface SocketLike {
  readyState: number;
  send: (data: string) => void;
  close: (code?: number) => void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason?: string }) => void) | null;
  onerror: (() => void) | null;
}

export interface LiveOptions {
  url: string;
  open?: (url: string) => SocketLike;
  poll: (topic: string, after: number | null) => Promise<EventsPage>;
  onNow?: (now: string | number) => void;
  onSignedOut?: () => void;
  onTooOld?: () => void;
  random?: () => number;
}

export type Frame = Partial<LiveEvent> & {
  t: string;
  topic?: string;
  seq?: number;
  seqs?: Record<string, number>;
  on?: boolean;
  who?: readonly Present[];
  now?: string | number;
  epoch?: string | number;
};

export const CLOSE = { signedOut: 4401, refused: 4403, tooOld: 4409, slowDown: 4429 } as const;
export const PING_MS = 20_000;
export const SILENT_MS = 3 * PING_MS;
export const STALE_AFTER_MS = 5_000;
export const POLL_MS = 5_000;
export const REPLAY_PATIENCE_MS = 2_000;
export const FIRST_WAIT_MS = 200;
export const LONGEST_WAIT_MS = 15_000;
export const SOCKET_OPEN = 1;
