/** Filters and the chosen row live in the address, so that a link and the back button find them. */
import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";
import type { Filters } from "./queries";

export function useChoosing(names: readonly string[], fallback: Filters = {}) {
  const route = useRoute();
  const router = useRouter();
  const value = (name: string): string => {
    const found = route.query[name];
    return typeof found === "string" ? found : (fallback[name] ?? "");
  };
  const filters = computed<Filters>(() => Object.fromEntries(names.map((name) => [name, value(name)])));
  const chosen = computed(() => (typeof route.query.id === "string" ? route.query.id : ""));
  const narrow = (name: string, event: Event): void => {
    const next = (event.target as HTMLSelectElement).value;
    void router.replace({ query: { ...route.query, [name]: next, id: undefined } });
  };
  const linkTo = (id: string) => ({ query: { ...route.query, id } });
  return { filters, chosen, narrow, linkTo, value };
}
