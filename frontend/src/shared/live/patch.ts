/** Live event → which cached answers to fetch again, gathered so that a burst costs one round. */
import type { QueryClient, QueryKey } from "@tanstack/vue-query";

const GATHER_MS = 200;

/** Query keys that a topic makes old. Keys are prefixes: ["cases"] covers every list of cases. */
export function staleKeys(topic: string): QueryKey[] {
  const [kind, id] = split(topic);
  if (kind === "case") return [["case", id]];
  if (kind === "dept") return [["cases"], ["inbox"], ["meetings"], ["meeting"], ["oversight"], ["ledger"]];
  if (kind === "desk") return [["cases"], ["board"], ["meetings"], ["meeting"], ["oversight"], ["ledger"], ["ledger-views"], ["paper-templates"], ["setup"]];
  if (kind === "queue") return [["tickets"], ["windows"], ["queues"], ["board"], ["appointments"]];
  if (kind === "board") return [["board"], ["duty"], ["skills"]];
  if (kind === "reception") return [["guidance"], ["rooms"]];
  if (kind === "policies") return [["calendar"], ["deadline-policies"], ["parameters"], ["catalogue"]];
  if (kind === "alarm") return [["alarms"], ["board"]];
  if (kind === "devices") return [["devices"]];
  if (kind === "staff") return [["people"], ["departments"], ["staff"], ["hall"], ["setup"]];
  if (kind === "referrals") return [["referrals"], ["referral"], ["board"]];
  if (kind === "post") return [["notices"], ["ledger-exports"]];
  if (kind === "city") return [["city"]];
  return [];
}

function split(topic: string): [string, string] {
  const at = topic.indexOf(":");
  return at < 0 ? [topic, ""] : [topic.slice(0, at), topic.slice(at + 1)];
}

export class Invalidator {
  private readonly waiting = new Map<string, QueryKey>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly queries: QueryClient) {}

  markTopic(topic: string): void {
    staleKeys(topic).forEach((key) => this.mark(key));
  }

  mark(key: QueryKey): void {
    this.waiting.set(JSON.stringify(key), key);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  private flush(): void {
    this.timer = null;
    const keys = [...this.waiting.values()];
    this.waiting.clear();
    for (const queryKey of keys) void this.queries.invalidateQueries({ queryKey });
  }
}
