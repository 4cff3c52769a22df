/** Papers and their templates: read, issued, taken back, edited, looked at. */
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter, type Ref } from "vue";
import { api, BASE } from "@/shared/api/client";
import { ApiError } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";

type Schemas = components["schemas"];
export type Paper = Schemas["PaperOut"];
export type Offer = Schemas["PaperOfferOut"];
export type Papers = Schemas["PapersOut"];
export type Template = Schemas["TemplateOut"];
export type Look = Schemas["TemplateLookOut"];
export type Subject = "case" | "order" | "meeting" | "reception";
export const TEMPLATES = ["paper-templates"];

/** Stands under the key of what the papers are about: what makes that old makes them old. */
function keyOf(subject: Subject, id: string): string[] {
  return subject === "order" ? ["oversight", "orders", "papers", id] : [subject, id, "papers"];
}

export function usePapers(subject: MaybeRefOrGetter<Subject>, id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => keyOf(toValue(subject), toValue(id))),
    queryFn: ({ signal }) => api.get<Papers>("papers", { [toValue(subject)]: toValue(id) }, signal),
  });
}

export function useTemplates() {
  return useQuery({ queryKey: TEMPLATES, queryFn: async () => (await api.get<{ results: Template[] }>("documents/templates")).results });
}

/** Where the browser finds the PDF itself. */
export const pdfOf = (paper: Paper): string => `${BASE}papers/${paper.id}/pdf`;

interface Sending {
  busy: Ref<boolean>;
  problem: Ref<ApiError | null>;
  send: <T>(path: string, body: Record<string, unknown>, version?: number) => Promise<T | null>;
}

/** The answer, or null when it was refused; then `problem` says why. */
export function useSending(key: () => readonly unknown[]): Sending {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem: Ref<ApiError | null> = ref(null);
  const intent = new Intent();
  async function send<T>(path: string, body: Record<string, unknown>, version?: number): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = null;
    try {
      return await api.post<T>(path, body, { intent, ...(version === undefined ? {} : { version }) });
    } catch (error) {
      problem.value = error instanceof ApiError ? error : new ApiError(0, { code: "unexpected" });
      return null;
    } finally {
      busy.value = false;
      await queries.invalidateQueries({ queryKey: key() });
    }
  }
  return { busy, problem, send };
}

export const papersKey = keyOf;
