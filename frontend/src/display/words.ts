/** A call as the words of the recorded voice: “请 A 零 零 五 号 到 十二 号窗口”. */
import type { Call } from "./state";

export type Language = "zh" | "en";

/** A window's number as it is said: 12 is twelve, not one two; “3A” is spelled. */
export function windowWords(window: string, language: Language): string[] {
  const n = /^\d{1,3}$/.test(window) ? Number(window) : Number.NaN;
  if (language === "en" || Number.isNaN(n) || n > 199) return spelled(window);
  if (n < 10) return [`d${n}`];
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const words: string[] = [];
  if (hundreds > 0) words.push(`d${hundreds}`, "hundred");
  if (tens > 0) words.push(...(tens === 1 && hundreds === 0 ? [] : [`d${tens}`]), "ten");
  else if (hundreds > 0 && ones > 0) words.push("d0");
  if (ones > 0) words.push(`d${ones}`);
  return words;
}

/** Letter by letter and digit by digit; what the voice has no word for is left out. */
export function spelled(text: string): string[] {
  return [...text.toUpperCase()].filter((one) => /[0-9A-Z]/.test(one)).map((one) => (/\d/.test(one) ? `d${one}` : one));
}

export function wordsOf(call: Pick<Call, "number" | "window">, language: Language): string[] {
  const number = spelled(call.number);
  const window = windowWords(call.window, language);
  if (language === "en") return ["please", ...number, "to", ...window];
  return ["please", ...number, "number", "to", ...window, "window"];
}
