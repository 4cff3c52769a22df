/** What the ledger reads. Its lines are old whenever a case moves (shared/live/patch.ts). */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter } from "vue";
import { api, type CallOptions } from "@/shared/api/client";
import { ApiError, errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";
import type { Department, Page, Post } from "@/shared/api/types";
import { t } from "@/staff/i18n";
import type { Look } from "./look";

type Schemas = components["schemas"];
export type Column = Schemas["ColumnOut"];
export type Line = Schemas["LineOut"];
export type View = Schemas["ViewOut"];
export type Export = Schemas["ExportOut"];
export type Selected = Schemas["SelectedOut"];

const LONG = 30 * 60_000;
export const LINES = 50;

export function useColumns() {
  return useQuery({ queryKey: ["ledger-columns"], queryFn: async () => (await api.get<{ results: Column[] }>("ledger/columns")).results, staleTime: LONG });
}

export function useLines(look: MaybeRefOrGetter<Look>, cursor: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["ledger", toValue(look), toValue(cursor)]),
    queryFn: ({ signal }) => api.get<Page<Line>>("ledger", { ...asked(toValue(look)), cursor: toValue(cursor), limit: LINES }, signal),
    placeholderData: keepPreviousData,
  });
}

export function asked(look: Look): Record<string, string> {
  return { ...look.filters, columns: look.columns.join(","), sort: look.sort };
}

export function selection(look: Look): Promise<Schemas["SelectionOut"]> {
  return api.get<Schemas["SelectionOut"]>("ledger/selection", { ...look.filters, sort: look.sort });
}

export function useViews() {
  return useQuery({ queryKey: ["ledger-views"], queryFn: async () => (await api.get<{ results: View[] }>("ledger/views")).results });
}

export function useExports() {
  return useQuery({ queryKey: ["ledger-exports"], queryFn: async () => (await api.get<Page<Export>>("ledger/exports", { limit: 100 })).results });
}

export function useUnits(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({ queryKey: ["departments"], queryFn: () => rows<Department>("departments"), staleTime: LONG, enabled: computed(() => toValue(enabled)) });
}

export function useStaff(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({ queryKey: ["staff"], queryFn: () => rows<Post>("staff"), staleTime: LONG, enabled: computed(() => toValue(enabled)) });
}

async function rows<T>(path: string): Promise<T[]> {
  const answer = await api.get<Page<T> | T[]>(path, { limit: 200 });
  return Array.isArray(answer) ? answer : answer.results;
}

/** One write at a time; afterwards the named keys are fetched anew. */
export function useWriting(keys: readonly string[]) {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem = ref("");
  const intent = new Intent();

  async function run<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    problem.value = "";
    try {
      return await act();
    } catch (error) {
      problem.value = said(error);
      return undefined;
    } finally {
      busy.value = false;
      for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
    }
  }
  const send = <T>(path: string, body: unknown, options: Pick<CallOptions, "version"> = {}): Promise<T | undefined> =>
    run(() => api.post<T>(path, body, { intent, ...options }));
  const remove = (path: string): Promise<null | undefined> => run(() => api.delete(path));
  return { busy, problem, send, remove };
}

/** A refusal in words; two of the ledger's own name a field. */
function said(error: unknown): string {
  const fields = error instanceof ApiError ? error.fields : {};
  if (fields.q?.includes("personal")) return t("ledger.personal");
  if (fields.name?.includes("taken")) return t("ledger.view_taken");
  return errorText(error);
}
