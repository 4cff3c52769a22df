/** Calendar, limits and parameters of the hall: read, previewed, decided, withdrawn. */
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter, type Ref } from "vue";
import { api } from "@/shared/api/client";
import { ApiError, errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";
import { has, word } from "@/shared/i18n";
import { toast } from "@/shared/ui/toasts";
import { t } from "@/staff/i18n";

type Schemas = components["schemas"];
export type Year = Schemas["YearOut"];
export type YearDay = Schemas["DayOut"];
export type DayDecision = Schemas["DayDecisionOut"];
export type Limit = Schemas["LimitOut"];
export type LimitDecision = Schemas["LimitDecisionOut"];
export type Parameter = Schemas["ParameterOut"];
export type ValueDecision = Schemas["ValueDecisionOut"];
export type WhatIf = Schemas["WhatIfOut"];
export type YearPreview = Schemas["YearPreviewOut"];

export const CALENDAR = ["calendar"];
export const LIMITS = ["deadline-policies"];
export const PARAMETERS = ["parameters"];

export function useYear(year: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => [...CALENDAR, toValue(year)]),
    queryFn: ({ signal }) => api.get<Year>("calendar/days", { year: toValue(year) }, signal),
  });
}

export function useLimits() {
  return useQuery({ queryKey: LIMITS, queryFn: async () => (await api.get<{ results: Limit[] }>("deadline-policies")).results });
}

export function useParameters() {
  return useQuery({ queryKey: PARAMETERS, queryFn: async () => (await api.get<{ results: Parameter[] }>("parameters")).results });
}

type Body = Record<string, unknown>;
export interface Decision {
  found: Ref<WhatIf | null>;
  busy: Ref<boolean>;
  problem: Ref<string>;
  changed: () => void;
  preview: () => Promise<void>;
  save: () => Promise<boolean>;
}

/** A decision is looked at before it is made: what would move first, then the same body again. */
export function useDecision(path: string, key: readonly string[], body: () => Body): Decision {
  const queries = useQueryClient();
  const intent = new Intent();
  const found = ref<WhatIf | null>(null);
  const busy = ref(false);
  const problem = ref("");

  async function run(act: () => Promise<void>): Promise<boolean> {
    busy.value = true;
    problem.value = "";
    try {
      await act();
      return true;
    } catch (error) {
      problem.value = sentence(error);
      return false;
    } finally {
      busy.value = false;
    }
  }
  const changed = (): void => { found.value = null; };
  async function preview(): Promise<void> {
    await run(async () => { found.value = await api.post<WhatIf>(`${path}/preview`, body()); });
  }
  async function save(): Promise<boolean> {
    const saved = await run(async () => { await api.post(path, body(), { intent }); });
    if (saved) toast(t("settings.saved"));
    if (saved) await queries.invalidateQueries({ queryKey: [...key] });
    return saved;
  }
  return { found, busy, problem, changed, preview, save };
}

/** Fields that cannot be taken are named; any other refusal has its own words. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError && error.code === "invalid") {
    const said = Object.entries(error.fields).map(([field, codes]) => {
      const name = has(`decide_field.${field}`) ? word("decide_field", field) : field;
      const code = String(codes[0] ?? "");
      return `${name}: ${has(`field_error.${code}`) ? word("field_error", code) : code}`;
    });
    if (said.length > 0) return said.join(" · ");
  }
  return errorText(error);
}

/** Take a decision back that does not hold yet. */
export function useWithdraw(path: string, key: readonly string[]) {
  const queries = useQueryClient();
  return async (id: string): Promise<void> => {
    try {
      await api.delete(`${path}/${id}`);
      toast(t("settings.withdrawn"));
    } catch (error) {
      toast(errorText(error), { tone: "warn" });
    }
    await queries.invalidateQueries({ queryKey: [...key] });
  };
}
