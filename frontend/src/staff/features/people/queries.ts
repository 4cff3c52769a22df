/** The hall's people, departments and desk, as it administers them; one's own account. */
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import { ApiError, errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";
import type { Uuid } from "@/shared/api/types";
import { has, translate } from "@/shared/i18n";
import { useSession } from "@/staff/session";

type Schemas = components["schemas"];
export type Person = Schemas["StaffOneOut"];
export type PersonFile = Schemas["StaffFileOut"];
export type Opened = Schemas["StaffOpenedOut"];
export type People = Schemas["StaffListOut"];
export type Unit = Schemas["UnitOut"];
export type UnitFile = Schemas["UnitFileOut"];
export type Holding = Schemas["HoldingOut"];
export type Place = Schemas["PlaceShape"];
export type Question = Schemas["QuestionOut"];
/** Whose one-time password it is; `hall` where it opens another hall than this one. */
export interface Told { name: string; username: string; password: string | null; hall?: string }
export type MyAccount = Schemas["MyAccountOut"];
export interface PeopleFilter { state: string; role: string; department: string; q: string }

const KEYS = ["people", "departments", "staff"];

export function usePeople(filter: MaybeRefOrGetter<PeopleFilter>) {
  const query = computed(() => {
    const { state, ...others } = toValue(filter);
    return { ...others, state: state === "all" ? "" : state };
  });
  return useQuery({ queryKey: computed(() => ["people", query.value]), queryFn: () => api.get<People>("people", query.value) });
}
export function usePerson(id: MaybeRefOrGetter<Uuid | null>) {
  return useQuery({
    queryKey: computed(() => ["people", "one", toValue(id)]), enabled: computed(() => toValue(id) !== null),
    queryFn: () => api.get<PersonFile>(`people/${toValue(id)}`),
  });
}
/** What halls below ask; nothing for who may not answer. */
export function useQuestions() {
  const session = useSession();
  return useQuery({ queryKey: ["people", "questions"], enabled: computed(() => session.may("staff.answer_below")), queryFn: async () => (await api.get<{ results: Question[] }>("questions")).results });
}
export function useUnits() {
  const session = useSession();
  return useQuery({ queryKey: ["departments", "all"], enabled: computed(() => session.may("staff.manage")), queryFn: async () => (await api.get<{ results: Unit[] }>("departments/all")).results });
}
export function useUnit(id: MaybeRefOrGetter<Uuid | null>) {
  return useQuery({
    queryKey: computed(() => ["departments", "one", toValue(id)]), enabled: computed(() => toValue(id) !== null),
    queryFn: () => api.get<UnitFile>(`departments/${toValue(id)}`),
  });
}
export function usePlace() {
  return useQuery({ queryKey: ["hall", "desk"], queryFn: () => api.get<Place>("hall/desk") });
}
export function useAccount() {
  return useQuery({ queryKey: ["account"], queryFn: () => api.get<MyAccount>("account") });
}

/** What stands behind a refusal, one line each: what still hangs here, what a password lacks. */
export function reasonsOf(error: unknown): string[] {
  if (!(error instanceof ApiError)) return [];
  const { holdings, kinds, reasons, roles } = error.params;
  if (typeof holdings === "object" && holdings !== null) return Object.entries(holdings).map(([kind, count]) => `${wordOf("holding", kind)} ${String(count)}`);
  const lists: [string, unknown][] = [["holding", kinds], ["password_reason", reasons], ["role", roles]];
  return lists.flatMap(([words, codes]) => (Array.isArray(codes) ? codes.map((code) => wordOf(words, String(code), error.params)) : []));
}
function wordOf(words: string, code: string, params: Record<string, unknown> = {}): string {
  const key = `${words}.${code}`;
  const numbers = { length: Number(params.length ?? 0), classes: Number(params.classes ?? 0) };
  return has(key) ? translate(key, numbers) : code;
}

/** One change after the other: busy, the words of a refusal, and everything read anew. */
export function useChange() {
  const queries = useQueryClient();
  const busy = ref(false);
  const problem = ref("");
  const reasons = ref<string[]>([]);
  const intent = new Intent();

  async function send<Answer>(path: string, body: object, version?: number): Promise<Answer | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = "";
    reasons.value = [];
    try {
      const answer = await api.post<Answer>(path, body, { intent, version });
      intent.done();
      return answer;
    } catch (error) {
      problem.value = errorText(error);
      reasons.value = reasonsOf(error);
      return null;
    } finally {
      busy.value = false;
      await Promise.all(KEYS.map((key) => queries.invalidateQueries({ queryKey: [key] })));
    }
  }
  return { busy, problem, reasons, send };
}
