/** How near an article is to a case: the share of the case's character pairs that it contains.

    Rare pairs weigh more (an article that says 养老 is nearer than one that says 规定), so that the
    card of a pension case does not open with land law. No model, no request: the catalogue is here. */

const HAN = /[\u4e00-\u9fff]+/g;

/** The pairs of neighbouring Han characters of a text. */
export function pairs(text: string): Set<string> {
  const found = new Set<string>();
  for (const run of text.match(HAN) ?? []) for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
  return found;
}

/** `items` by nearness to `about`, nearest first; equal ones keep their order. */
export function byRelevance<T>(about: string, items: readonly T[], textOf: (item: T) => string): { item: T; score: number }[] {
  const wanted = [...pairs(about)];
  const texts = items.map(textOf);
  const weight = new Map(wanted.map((pair) => [pair, Math.log(1 + items.length / (1 + texts.filter((text) => text.includes(pair)).length))]));
  const score = (text: string): number => wanted.reduce((sum, pair) => sum + (text.includes(pair) ? (weight.get(pair) ?? 0) : 0), 0);
  return items.map((item, at) => ({ item, score: score(texts[at] ?? "") })).sort((a, b) => b.score - a.score);
}
