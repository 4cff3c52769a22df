/** After a deploy an old tab's chunk may be gone: reload once, never in a loop. */
const MARK = "bancheng.reloaded";

export function reloadOnceWhenChunksVanish(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(MARK) ?? 0);
    if (Date.now() - last < 60_000) return;
    event.preventDefault();
    sessionStorage.setItem(MARK, String(Date.now()));
    window.location.reload();
  });
}
