/**
 * Focus is never lost (WCAG 2.4.3): when what had it is taken away by a live change or by the step it
 * began, the next sensible thing nearby takes it, so that the keyboard goes on from where it was.
 */
const TABBABLE = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]';
/** Longer than a busy button is grey, or than a dialog takes to fade. */
const PATIENCE_MS = 4_000;

interface Place { element: HTMLElement; path: HTMLElement[]; field: boolean; at: number; taken: boolean }

const seen = (one: HTMLElement): boolean => one.getClientRects().length > 0 && one.closest("[inert], [aria-hidden='true']") === null;
const lost = (): boolean => document.activeElement === null || document.activeElement === document.body;
const usable = (one: HTMLElement): boolean => one.isConnected && !one.matches(":disabled") && seen(one);

function placeOf(element: HTMLElement): Place {
  const path: HTMLElement[] = [];
  for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) path.push(up);
  return { element, path, field: element.closest("form") !== null, at: Date.now(), taken: false };
}

/** In a form its first field; else the button that stands out; else whatever comes first. */
function next(within: HTMLElement, field: boolean): HTMLElement | undefined {
  const all = [...within.querySelectorAll<HTMLElement>(TABBABLE)].filter((one) => one.tabIndex >= 0 && seen(one));
  const primary = all.find((one) => one.matches(".bc-btn--primary"));
  const first = all.find((one) => one.matches("input, select, textarea"));
  return (field ? first : undefined) ?? primary ?? all[0];
}

/** Where to go on from: the thing itself, or the nearest of its surroundings that still has something. */
export function goOnFrom(place: Place): HTMLElement | undefined {
  if (usable(place.element)) return place.element;
  for (const around of place.path) {
    if (!around.isConnected || !seen(around)) continue;
    const found = next(around, place.field);
    if (found) return found;
  }
  return undefined;
}

/** Watch over the whole document; what is returned ends it. */
export function keepFocus(): () => void {
  let last: Place | null = null;
  /** Where one was before the dialog that is open now. */
  let before: Place | null = null;

  const came = (event: FocusEvent): void => {
    const element = event.target as HTMLElement;
    const dialog = element.closest('[aria-modal="true"]') !== null;
    if (dialog && last && last.element.closest('[aria-modal="true"]') === null) before = last;
    last = placeOf(element);
  };
  /** A click beside everything is a choice; what stays enabled and in its place was left on purpose. */
  const left = (event: FocusEvent): void => {
    const from = event.target;
    if (event.relatedTarget) return;
    setTimeout(() => {
      if (last && last.element === from && lost() && usable(last.element)) last = null;
    });
  };
  const look = (): void => {
    // A browser takes focus from what was disabled only with the next frame: it is noted before.
    if (last) last.taken ||= !usable(last.element);
    if (!last?.taken || !lost()) return;
    // A button that is only busy gets its focus back; what never comes back is given up for its neighbours.
    if (last.element.isConnected && last.element.matches(":disabled") && Date.now() - last.at < PATIENCE_MS) return;
    const to = goOnFrom(last) ?? (before ? goOnFrom(before) : undefined);
    to?.focus();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden", "open"] });
  document.addEventListener("focusin", came);
  document.addEventListener("focusout", left);
  return () => {
    watcher.disconnect();
    document.removeEventListener("focusin", came);
    document.removeEventListener("focusout", left);
  };
}
