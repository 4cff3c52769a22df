/** Rows that arrive while somebody reads further down wait behind a button (frontend.md §4). */
import { computed, ref, watch, type Ref } from "vue";
import { announce } from "@/shared/a11y/announcer";
import { t } from "../i18n";

interface Row { id: string }
const TOP_PX = 80;

/** `held` rows are known but not shown yet; `show()` lets them in. Gone rows leave, known rows update. */
export function useCalmRows<T extends Row>(rows: Ref<readonly T[]>, reset: Ref<unknown>) {
  const known = ref(new Set<string>()) as Ref<Set<string>>;
  const settled = ref(false);
  const atTop = (): boolean => window.scrollY < TOP_PX;
  const all = (): Set<string> => new Set(rows.value.map((row) => row.id));

  watch(reset, () => (settled.value = false));
  watch(rows, (now) => {
    const newest = now[0];
    const nothingNewOnTop = newest === undefined || known.value.has(newest.id);
    // Rows appended at the end were asked for by the reader.
    if (!settled.value || atTop() || nothingNewOnTop) known.value = all();
    if (now.length > 0) settled.value = true;
  }, { immediate: true });

  const shown = computed(() => rows.value.filter((row) => known.value.has(row.id)));
  const held = computed(() => rows.value.length - shown.value.length);
  // Said at most every ten seconds, however many come.
  watch(held, (now, before) => { if (now > before) announce(t("list.new", { n: now })); });
  return { shown, held, show: () => (known.value = all()) };
}
