/** What can be done on the page one is on: each part of it offers its own, the palette lists them. */
import { onScopeDispose, ref, shallowReactive } from "vue";
import type { IconName } from "@/shared/ui/icons";

export interface Action { id: string; label: string; hint?: string; keys?: string; icon?: IconName; run: () => void }

const providers = shallowReactive<(() => readonly Action[])[]>([]);
export const paletteOpen = ref(false);

/** Offer actions for the life of the current component; asked for each time the palette opens. */
export function useActions(offer: () => readonly Action[]): void {
  providers.push(offer);
  onScopeDispose(() => {
    const at = providers.indexOf(offer);
    if (at >= 0) providers.splice(at, 1);
  });
}

/** The page's innermost part first. */
export function actionsHere(): Action[] {
  return [...providers].reverse().flatMap((offer) => offer());
}
