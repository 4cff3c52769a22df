/** The staff console's one live connection and what its events make old. */
import type { QueryClient } from "@tanstack/vue-query";
import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from "vue";
import { api, onEventSeq } from "@/shared/api/client";
import type { EventsPage, LiveEvent } from "@/shared/api/types";
import { LiveClient } from "@/shared/live/live";
import { Invalidator } from "@/shared/live/patch";
import { syncClock } from "@/shared/time/clock";
import { useSession } from "./session";

let client: LiveClient | null = null;
let invalidator: Invalidator | null = null;

function socketUrl(): string {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${window.location.host}/ws/live/`;
}

export function live(): LiveClient {
  client ??= new LiveClient({
    url: socketUrl(),
    poll: (topic, after) => api.get<EventsPage>("events", { topic, after, limit: 200 }),
    onNow: syncClock,
    onSignedOut: () => (useSession().expired = true),
    onTooOld: () => window.location.reload(),
  });
  return client;
}

export function startLive(queries: QueryClient): void {
  invalidator = new Invalidator(queries);
  onEventSeq((topic, seq) => live().noteRead(topic, seq));
  live().start();
}

/** Keep the caches of a topic fresh while the component lives; `onEvent` is for calm notices. */
export function useTopic(
  topic: MaybeRefOrGetter<string | null>,
  onEvent: (event: LiveEvent) => void = () => undefined,
): void {
  let leave: (() => void) | null = null;
  const join = (name: string | null): void => {
    leave?.();
    leave = name === null ? null : live().subscribe(name, {
      onEvent: (event, from) => {
        // The body we hold was read at or after this event: nothing new in it.
        if (from.startsWith("case:") && event.seq <= live().readSeq(from)) return;
        invalidator?.markTopic(from);
        onEvent(event);
      },
      onReset: (from) => invalidator?.markTopic(from),
    });
  };
  watch(() => toValue(topic), join, { immediate: true });
  onScopeDispose(() => leave?.());
}
