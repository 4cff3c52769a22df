/** How the ledger is looked at: it lives in the address, so that a link, the back button and a saved view find it. */
import { computed } from "vue";
import { useRoute, useRouter, type LocationQueryRaw } from "vue-router";
import type { View } from "./queries";

export const FILTERS = [
  "state", "cause", "reason", "outcome", "urgency", "channel", "department", "first_responder", "handler", "mine", "due", "confidential", "reopened",
  "referral", "registered_from", "registered_to", "due_from", "due_to", "closed_from", "closed_to", "q", "card", "archived",
] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Partial<Record<FilterName, string>>;
export interface Look { filters: Filters; columns: string[]; sort: string }

export const SORTS = ["-registered_at", "registered_at", "due_at", "-due_at", "-closed_at", "closed_at", "number", "-number", "urgency"] as const;
/** Columns whose head sorts, by the name of their sort. */
export const SORTED: Record<string, string> = { registered_at: "registered_at", due_on: "due_at", closed_at: "closed_at", case_no: "number" };

export function useLook() {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string): string => (typeof route.query[name] === "string" ? route.query[name] : "");
  const look = computed<Look>(() => ({
    filters: Object.fromEntries(FILTERS.filter((name) => text(name)).map((name) => [name, text(name)])),
    columns: text("columns").split(",").filter(Boolean),
    sort: text("sort"),
  }));
  const viewId = computed(() => text("view"));
  /** Whether the address names a view and nothing else: then the view is to be opened. */
  const bare = computed(() => viewId.value !== "" && Object.keys(route.query).length === 1);

  function change(part: LocationQueryRaw): void {
    void router.replace({ query: { ...route.query, ...part } });
  }
  const narrow = (name: FilterName, value: string): void => change({ [name]: value || undefined });
  const clear = (): void => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  const open = (view: View): void => void router.push({ query: addressOf(view) });
  return { look, viewId, bare, change, narrow, clear, open };
}

export function addressOf(view: View): LocationQueryRaw {
  return { view: view.id, ...view.filters, columns: view.columns.join(",") || undefined, sort: view.sort || undefined };
}

/** Whether what is looked at is what the view holds. */
export function holds(view: View, look: Look): boolean {
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  const sorted = (filters: Filters): [string, string][] => Object.entries(filters).sort(([one], [other]) => one.localeCompare(other));
  return same(sorted(view.filters), sorted(look.filters)) && same([...view.columns].sort(), [...look.columns].sort()) && view.sort === look.sort;
}
