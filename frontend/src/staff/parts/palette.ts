/** Finding an entry of the palette by a few characters: of its words, or of their Pinyin initials. */

/** The first character of each initial in Pinyin order; i, u and v begin no syllable. */
const FIRST = "\u963f\u516b\u5693\u5491\u59b8\u53d1\u65ee\u94ea\u4e0c\u5494\u5783\u5988\u62cf\u5662\u5991\u4e03\u5465\u4ee8\u4ed6\u7a75\u5915\u4e2b\u5e00";
const INITIALS = "abcdefghjklmnopqrstwxyz";
const HAN = /[\u4e00-\u9fff]/;
const byPinyin = new Intl.Collator("zh-Hans-CN-u-co-pinyin");

function initial(sign: string): string {
  if (!HAN.test(sign)) return /[a-z0-9]/.test(sign) ? sign : "";
  for (let at = INITIALS.length - 1; at >= 0; at -= 1) {
    if (byPinyin.compare(sign, FIRST[at]!) >= 0) return INITIALS[at]!;
  }
  return "";
}

/** "工作台" → "gzt"; Latin letters and digits stay. */
export const initials = (text: string): string => [...text.toLowerCase()].map(initial).join("");

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

/** How well an entry fits, the higher the better; null when it does not. The words beat the initials, those beat scattered letters. */
export function fits(asked: string, text: string): number | null {
  const wanted = plain(asked);
  if (wanted === "") return 0;
  const words = plain(text);
  const at = words.indexOf(wanted);
  if (at >= 0) return 300 - Math.min(at, 90);
  if (/^[a-z]+$/.test(wanted)) {
    const short = initials(words).indexOf(wanted);
    if (short >= 0) return 200 - Math.min(short, 90);
  }
  return scattered(wanted, words);
}

function scattered(wanted: string, words: string): number | null {
  let from = 0;
  let gaps = 0;
  for (const sign of wanted) {
    const next = words.indexOf(sign, from);
    if (next < 0) return null;
    gaps += next - from;
    from = next + sign.length;
  }
  return 100 - Math.min(gaps, 90);
}

/** Those that fit, best first; equal ones keep their order. */
export function found<T extends { label: string; hint?: string }>(asked: string, entries: readonly T[]): T[] {
  return entries
    .map((entry) => ({ entry, score: fits(asked, `${entry.label} ${entry.hint ?? ""}`) }))
    .filter((one): one is { entry: T; score: number } => one.score !== null)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.entry);
}
