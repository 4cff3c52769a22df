/** The portal's few addresses; a router library would weigh more than the pages. */
import { ref } from "vue";

export type Page = "home" | "track" | "ticket" | "take" | "book" | "booking" | "lost";
export interface Place { page: Page; code: string }
const PATHS: Record<string, Page> = { "/p": "home", "/p/track": "track", "/p/q": "take", "/p/book": "book" };
const WITH_CODE: [RegExp, Page][] = [[/^\/p\/t\/([\w-]{4,40})$/, "ticket"], [/^\/p\/b\/([\w-]{4,40})$/, "booking"]];

export function placeOf(path: string): Place {
  const plain = path.replace(/\/+$/, "");
  for (const [pattern, page] of WITH_CODE) {
    const found = pattern.exec(plain);
    if (found) return { page, code: found[1] ?? "" };
  }
  return { page: PATHS[plain] ?? "lost", code: "" };
}

export const pageOf = (path: string): Page => placeOf(path).page;

const first = placeOf(window.location.pathname);
export const page = ref<Page>(first.page);
export const code = ref(first.code);

function follow(): void {
  const place = placeOf(window.location.pathname);
  page.value = place.page;
  code.value = place.code;
}
window.addEventListener("popstate", follow);

const HOMES: Partial<Record<Page, string>> = { home: "/p/", track: "/p/track", take: "/p/q", book: "/p/book" };

export function goTo(next: "home" | "track" | "take" | "book"): void {
  goToPath(HOMES[next] ?? "/p/");
}

export function goToPath(path: string): void {
  if (window.location.pathname !== path) window.history.pushState(null, "", path);
  follow();
  window.scrollTo(0, 0);
}
