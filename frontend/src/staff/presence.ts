/** Who else looks at a case, a piece of work or a meeting, or fills in one of its forms, and telling
 *  them what we do. A place is the id of a case, or a topic (`meeting:…`, `work:…`). */
import { computed, onScopeDispose, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from "vue";
import type { Doing, Present } from "@/shared/live/presence";
import { live } from "./live";
import { useSession } from "./session";

/** A person who has not typed for so long is not typing. */
const STILL_MS = 5_000;
const forms = new Map<string, Map<string, Doing>>();

function tell(topic: string): void {
  const open = [...(forms.get(topic) ?? [])];
  const [form, doing] = open.find(([, one]) => one === "typing") ?? open.at(-1) ?? ["", "viewing" as const];
  live().presence.say(topic, doing, form);
}

const topicOf = (place: string): string => (place.includes(":") ? place : `case:${place}`);

/** The others, without oneself; `known` while the line stands. */
export function useOthers(id: MaybeRefOrGetter<string>): { others: ComputedRef<readonly Present[]>; known: ComputedRef<boolean> } {
  const session = useSession();
  const others = computed(() => (live().presence.who.get(topicOf(toValue(id))) ?? []).filter((one) => one.post !== session.post?.id));
  return { others, known: computed(() => live().state.value === "live") };
}

/** Be seen there as long as the component lives. */
export function useBeingHere(id: MaybeRefOrGetter<string>): void {
  let at = "";
  watch(() => toValue(id), (next) => {
    if (at) live().presence.say(at, null);
    at = topicOf(next);
    tell(at);
  }, { immediate: true });
  onScopeDispose(() => live().presence.say(at, null));
}

/** Be seen filling in a form: typing, then with words that are not sent. */
export function useTyping(id: () => string, form: () => string, values: Ref<object>, empty: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [topic, name] = [topicOf(id()), form()];
  const put = (doing: Doing | null): void => {
    const open = forms.get(topic) ?? new Map<string, Doing>();
    if (doing) open.set(name, doing);
    else open.delete(name);
    forms.set(topic, open);
    if (live().presence.isHere(topic)) tell(topic);
  };
  watch([id, form], () => {
    put(null);
    [topic, name] = [topicOf(id()), form()];
  });
  watch(values, () => {
    clearTimeout(timer);
    if (empty()) return put(null);
    put("typing");
    timer = setTimeout(() => put("unsaved"), STILL_MS);
  }, { deep: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    put(null);
    if (forms.get(topic)?.size === 0) forms.delete(topic);
  });
}
