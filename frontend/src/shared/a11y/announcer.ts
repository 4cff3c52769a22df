/** One polite live region per page; bursts are summed up, at most one message per interval. */
const QUIET_MS = 10_000;
let region: HTMLElement | null = null;
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;
let lastAt = -Infinity;

function mount(): HTMLElement {
  if (region && region.isConnected) return region;
  region = document.createElement("div");
  region.className = "sr-only";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  document.body.appendChild(region);
  return region;
}

function flush(): void {
  timer = null;
  if (waiting.length === 0) return;
  lastAt = Date.now();
  mount().textContent = [...new Set(waiting)].join("; ");
  waiting = [];
}

/** Say it soon, but never more often than every ten seconds (frontend.md §4). */
export function announce(text: string): void {
  waiting.push(text);
  timer ??= setTimeout(flush, Math.max(50, lastAt + QUIET_MS - Date.now()));
}

/** Say it now: the answer to something the person just did. */
export function announceNow(text: string): void {
  mount().textContent = "";
  setTimeout(() => (mount().textContent = text), 30);
}
