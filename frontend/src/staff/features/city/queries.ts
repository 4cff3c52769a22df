/** Reading the city figures; the topic `city` makes ["city"] old, at most one fetch a second. */
import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api } from "@/shared/api/client";
import type { Page } from "@/shared/api/types";
import { serverNow } from "@/shared/time/clock";
import { useSession } from "@/staff/session";
import type { Comparison, DayFacts, Drill, Metric } from "./answers";
import { pace } from "@/staff/pace";
import { daysOf, type PeriodKey } from "./period";

const CALM_MS = 1_000;
const WITH_LIVE_MS = 60_000;
/** A district hall has no city topic of its own: it looks by itself. */
const WITHOUT_LIVE_MS = 15_000;

function useInterval(): number {
  return useSession().hall?.level === "city" ? WITH_LIVE_MS : WITHOUT_LIVE_MS;
}

export function useComparison(metric: MaybeRefOrGetter<Metric>, period: MaybeRefOrGetter<PeriodKey>) {
  const calm = pace(CALM_MS);
  return useQuery({
    queryKey: computed(() => ["city", "halls", toValue(metric), toValue(period)]),
    queryFn: async ({ signal }) => {
      await calm();
      return api.get<Comparison>("city/halls", { ...daysOf(toValue(period), serverNow()), metric: toValue(metric) }, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: useInterval(),
  });
}

export function useDrill(hall: MaybeRefOrGetter<string>, period: MaybeRefOrGetter<PeriodKey>) {
  const calm = pace(CALM_MS);
  return useQuery({
    queryKey: computed(() => ["city", "hall", toValue(hall), toValue(period)]),
    queryFn: async ({ signal }) => {
      await calm();
      return api.get<Drill>(`city/halls/${toValue(hall)}`, daysOf(toValue(period), serverNow()), signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: useInterval(),
  });
}

export function useParts(hall: MaybeRefOrGetter<string | null>, period: MaybeRefOrGetter<PeriodKey>, by: "window" | "cause") {
  const calm = pace(CALM_MS);
  return useQuery({
    queryKey: computed(() => ["city", "facts", toValue(hall), toValue(period), by]),
    queryFn: async ({ signal }) => {
      await calm();
      return (await api.get<Page<DayFacts>>("city/facts", { hall: toValue(hall), by, ...daysOf(toValue(period), serverNow()) }, signal)).results;
    },
    enabled: computed(() => Boolean(toValue(hall))),
  });
}
