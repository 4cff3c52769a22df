/** What the pages of oversight read, and the one way they write. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter } from "vue";
import { api, type CallOptions } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";
import type { Page } from "@/shared/api/types";
import { pace } from "@/staff/pace";

/** Every call at a window is heard on the board's topic; a page asks once a second at most. */
const CALM_MS = 1_000;

type Schemas = components["schemas"];
export type Card = Schemas["CardOut"];
export type Stall = Schemas["StallOut"];
export type Order = Schemas["OrderOut"];
export type Duty = Schemas["DutyOut"];
export type Check = Schemas["CheckOut"];
export type CaseOversight = Schemas["CaseOversightOut"];
export type SinceOpening = Schemas["SinceOpeningOut"];
export type Filters = Record<string, string>;

export const LEVELS = ["yellow", "orange", "red", "black"] as const;
export const CARD_STATES = ["lit", "appealed", "lifted", "upheld", "ended"] as const;
export const ORDER_KINDS = ["supervision", "rectify"] as const;
export const ORDER_STATES = ["open", "answered", "closed"] as const;
export const CHECK_STATES = ["open", "confirmed", "dismissed", "scored"] as const;
export const REASONS = [
  "overdue", "should_be_solved", "refuses_to_receive", "repeated", "bad_effect", "quality", "knowledge_not_updated", "other",
] as const;
export const CRITERIA = ["direct_answer", "facts_clear", "clause_cited", "next_step", "contact_given"] as const;

export function useRows<T>(path: string, filters: MaybeRefOrGetter<Filters>) {
  const asked = useInfiniteQuery({
    queryKey: computed(() => ["oversight", path, toValue(filters)]),
    queryFn: ({ pageParam }) => api.get<Page<T>>(path, { ...toValue(filters), limit: 40, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last: Page<T>) => last.next ?? undefined,
  });
  const rows = computed<T[]>(() => asked.data.value?.pages.flatMap((page) => page.results) ?? []);
  return { asked, rows };
}

export function useOne<T>(path: string, id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["oversight", path, "one", toValue(id)]),
    queryFn: () => api.get<T>(`${path}/${toValue(id)}`),
    enabled: computed(() => toValue(id) !== ""),
  });
}

export function useCaseOversight(id: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: computed(() => ["case", toValue(id), "oversight"]),
    queryFn: () => api.get<CaseOversight>(`cases/${toValue(id)}/oversight`),
    enabled: computed(() => toValue(enabled)),
  });
}

export function useDuty(from: MaybeRefOrGetter<string>, to: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean> = true) {
  const calm = pace(CALM_MS);
  return useQuery({
    queryKey: computed(() => ["duty", toValue(from), toValue(to)]),
    queryFn: async ({ signal }) => {
      await calm();
      return api.get<{ results: Duty[] }>("duty", { from: toValue(from), to: toValue(to) }, signal);
    },
    enabled: computed(() => toValue(enabled)),
  });
}

export function useSinceOpening(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ["oversight", "since-opening"],
    queryFn: () => api.get<SinceOpening>("desk/since-opening"),
    enabled: computed(() => toValue(enabled)),
  });
}

/** One write at a time; afterwards everything of oversight (and the named keys) is fetched anew. */
export function useWriting(also: readonly string[] = []) {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem = ref("");
  const intent = new Intent();

  async function send<T>(path: string, body: unknown, options: Pick<CallOptions, "version"> = {}): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = "";
    try {
      return await api.post<T>(path, body, { intent, ...options });
    } catch (error) {
      problem.value = errorText(error);
      return null;
    } finally {
      busy.value = false;
      for (const key of ["oversight", "duty", ...also]) void queries.invalidateQueries({ queryKey: [key] });
    }
  }
  return { busy, problem, send };
}
