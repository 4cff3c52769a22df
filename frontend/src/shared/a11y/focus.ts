import { nextTick, onMounted, type Ref } from "vue";

/** Move focus to a heading or panel that is not in the tab order. */
export function focusOn(element: HTMLElement | null | undefined): void {
  if (!element) return;
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: false });
}

/** After a route change: the page's heading takes focus, so readers start there. */
export function useHeadingFocus(heading: Ref<HTMLElement | null>): void {
  onMounted(() => nextTick(() => focusOn(heading.value)));
}

/** First field with an error in a form takes focus. */
export async function focusFirstError(form: HTMLElement | null): Promise<void> {
  await nextTick();
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
