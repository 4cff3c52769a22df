/** The portal's two addresses; a router library would weigh more than the pages. */
import { ref } from "vue";

export type Page = "home" | "track" | "lost";
const PATHS: Record<string, Page> = { "/p": "home", "/p/track": "track" };

export function pageOf(path: string): Page {
  return PATHS[path.replace(/\/+$/, "")] ?? "lost";
}

export const page = ref<Page>(pageOf(window.location.pathname));
window.addEventListener("popstate", () => (page.value = pageOf(window.location.pathname)));

export function goTo(next: "home" | "track"): void {
  const path = next === "home" ? "/p/" : "/p/track";
  if (window.location.pathname !== path) window.history.pushState(null, "", path);
  page.value = next;
  window.scrollTo(0, 0);
}
