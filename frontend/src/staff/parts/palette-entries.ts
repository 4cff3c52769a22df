/** What the palette offers for the words typed so far: actions of this page, cases, pages. */
import { computed, onScopeDispose, ref, watch, type Ref } from "vue";
import { useRouter } from "vue-router";
import { api } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import type { CaseSummary, Page } from "@/shared/api/types";
import { word } from "@/shared/i18n";
import type { IconName } from "@/shared/ui/icons";
import { actionsHere, type Action } from "../actions";
import { t, type StaffKey } from "../i18n";
import { PAGES } from "../pages";
import { recent } from "../recent";
import { permitted } from "../router";
import { found } from "./palette";

export interface Entry { id: string; label: string; hint?: string; keys?: string; icon: IconName; run: () => void }
export interface Group { key: string; title: StaffKey; entries: Entry[] }
const QUIET_MS = 200;
const CASES = 6;
const ACTIONS_SHOWN = 12;
/** Four digits are the end of a number that somebody reads out. */
const NUMBER = /\d{4}/;

export function useEntries(asked: Ref<string>) {
  const router = useRouter();
  const cases = ref<CaseSummary[]>([]);
  const searching = ref(false);
  const problem = ref("");
  const open = (to: string) => (): void => void router.push(to);
  const actions: Entry[] = actionsHere().map((one: Action) => ({ ...one, icon: one.icon ?? "right" }));
  const pages = PAGES.filter((one) => permitted(one.gate)).map((one): Entry => ({ id: `page-${one.key}`, label: t(one.label), icon: one.icon, run: open(one.to) }));
  const aCase = (one: { id: string; number: string; title: string }, state = ""): Entry => ({ id: `case-${one.id}`, label: one.title, hint: [one.number, state].filter(Boolean).join(" · "), icon: "cases", run: open(`/cases/${one.id}`) });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = new AbortController();
  async function search(text: string): Promise<void> {
    abort = new AbortController();
    const mine = abort;
    try {
      const answer = await api.get<Page<CaseSummary>>("cases", { q: text, limit: CASES }, mine.signal);
      if (mine === abort) cases.value = answer.results;
    } catch (error) {
      if (mine === abort && !mine.signal.aborted) problem.value = errorText(error);
    } finally {
      if (mine === abort) searching.value = false;
    }
  }
  watch(asked, (now) => {
    clearTimeout(timer);
    abort.abort();
    cases.value = [];
    problem.value = "";
    searching.value = now.trim().length > 1;
    if (searching.value) timer = setTimeout(() => void search(now.trim()), QUIET_MS);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    abort.abort();
  });

  const groups = computed<Group[]>(() => {
    const text = asked.value.trim();
    const seen = found(text, recent.value.map((one) => aCase(one)));
    const fetched = cases.value.map((one) => aCase(one, word("state", one.state))).filter((one) => !seen.some((known) => known.id === one.id));
    const all: Entry = { id: "all", label: t("palette.all", { text }), icon: "search", run: () => void router.push({ name: "cases", query: { q: text } }) };
    const action: Group = { key: "action", title: "palette.group.action", entries: found(text, actions).slice(0, ACTIONS_SHOWN) };
    const page: Group = { key: "page", title: "palette.group.page", entries: found(text, pages) };
    const about: Group = { key: "case", title: text ? "palette.group.case" : "palette.group.recent", entries: text ? [...seen, ...fetched, all] : seen };
    const order = text === "" ? [action, about, page] : NUMBER.test(text) ? [about, action, page] : [action, page, about];
    return order.filter((group) => group.entries.length > 0);
  });
  return { groups, searching, problem };
}
