/** What the pages of sealed files read, and the one way they write. Nothing of a file is kept longer than its page. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter } from "vue";
import { api, type CallOptions } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { Card, CaseSummary, Page } from "@/shared/api/types";

export interface Accused { kind: "unit" | "post"; id: string; name: string }
export interface FileRow {
  id: string; number: string; state: string; title: string; facts: string[]; tags: string[]; accused: Accused[]; others: string;
  result: string; opened_at: string; registered_at: string; due_at: string | null; version: number;
}
export interface Said { text: string; at: string; by?: string; method?: string; result?: string; decision?: string }
export interface Measure {
  id: string; kind: string; subject?: string; text: string; points: number | null; decided_by: string; decided_at: string;
  served_at: string | null; appeal: Said | null; appeal_decision: Said | null; version: number;
}
export interface Look {
  id: string; field: string; reason: string; note: string; asked_by: string; asked_at: string; decided_by: string;
  approved: boolean | null; shown_at: string | null; until: string | null; may_decide: boolean; may_show: boolean;
}
export interface Line { seq: number; kind: string; at: string; actor: string; note: string | null; data: Record<string, unknown> }
export interface ConductFile extends FileRow {
  detail: string; want: string; deadline: { due_at: string; due_on: string; done_at: string | null; card: Card } | null;
  timeline: Line[]; circle: { id: string; name: string; roles: string[] }[]; handlers: { id: string; name: string }[];
  recused: { post: string; name: string; reason: string; ordered: boolean }[]; finding: Said | null; measures: Measure[];
  handed_over: { body: string; what: string; handed_on: string; receipt: string; by: string }[]; released: Said | null;
  released_units: string[]; feedback: Said | null; matter: string | null; archived_at: string | null;
  person: { kind: string; relation: string; fields: string[] } | null; reveals: Look[]; allowed_steps: string[];
}
export interface Pattern { place: "clerk" | "window"; id: string; name: string; agent_masked: string; cases: { id: string; number: string }[] }
export interface Watch { refusals: CaseSummary[]; bounces: CaseSummary[]; overdue: CaseSummary[] }
export interface Act { seq: number; at: string; action: string; by: string }

export function useFiles() {
  const asked = useInfiniteQuery({
    queryKey: ["conduct", "files"],
    queryFn: ({ pageParam }) => api.get<Page<FileRow>>("conduct", { limit: 40, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last: Page<FileRow>) => last.next ?? undefined,
  });
  const rows = computed<FileRow[]>(() => asked.data.value?.pages.flatMap((page) => page.results) ?? []);
  return { asked, rows };
}

export function useFile(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["conduct", "file", toValue(id)]),
    queryFn: () => api.get<ConductFile>(`conduct/${toValue(id)}`),
    gcTime: 0,
    retry: false,
  });
}

/** A list of its own under one address: patterns, releases, one's measures, acts on a file. */
export function useList<T>(path: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: computed(() => ["conduct", toValue(path)]),
    queryFn: async () => (await api.get<{ results: T[] }>(toValue(path))).results,
    enabled: computed(() => toValue(enabled)),
  });
}

export function useWatch() {
  return useQuery({ queryKey: ["conduct", "watch"], queryFn: () => api.get<Watch>("conduct/watch") });
}

export function useConductWriting() {
  const queries = useQueryClient();
  const intent = new Intent();
  const busy = ref(false);
  const problem = ref("");

  /** `done` says that it went through; an empty answer is one too. */
  async function send<T>(path: string, body: unknown, options: Pick<CallOptions, "version" | "draft"> = {}): Promise<{ done: boolean; answer?: T }> {
    if (busy.value) return { done: false };
    busy.value = true;
    problem.value = "";
    try {
      return { done: true, answer: await api.post<T>(path, body, { intent, ...options }) };
    } catch (error) {
      problem.value = errorText(error);
      return { done: false };
    } finally {
      busy.value = false;
      void queries.invalidateQueries({ queryKey: ["conduct"] });
    }
  }
  return { busy, problem, send };
}
