/** Answers at most once per interval, however often the page is told to look again. */
export function pace(everyMs: number, now: () => number = Date.now): () => Promise<void> {
  let last = -Infinity;
  return async () => {
    const wait = last + everyMs - now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    last = Math.max(last, now());
  };
}
