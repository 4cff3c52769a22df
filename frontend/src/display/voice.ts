/** Speaks a call from the recorded words that come with the page: no speech engine, no network. */
import englishUrl from "../../voice/en.mp3";
import places from "../../voice/map.json";
import chineseUrl from "../../voice/zh.mp3";
import { sound } from "./chime";
import type { Call } from "./state";
import { wordsOf, type Language } from "./words";

const URLS: Record<Language, string> = { zh: chineseUrl, en: englishUrl };
const PLACES = places as unknown as Record<Language, Record<string, [number, number]>>;
const RATE = 22_050;
const BETWEEN_S = 0.04;
const PAUSE_S = 0.35;
const recorded = new Map<Language, Promise<AudioBuffer>>();

/** Where each word lies in its recording and when it begins; words without a recording are skipped. */
export function planOf(call: Pick<Call, "number" | "window">, language: Language): { parts: { at: number; from: number; for: number }[]; seconds: number } {
  const parts: { at: number; from: number; for: number }[] = [];
  let at = 0;
  for (const word of wordsOf(call, language)) {
    const place = PLACES[language][word];
    if (!place) continue;
    parts.push({ at, from: place[0], for: place[1] });
    at += place[1] + BETWEEN_S;
  }
  return { parts, seconds: at };
}

export function secondsOf(call: Call, languages: readonly Language[]): number {
  return languages.reduce((sum, language) => sum + planOf(call, language).seconds + PAUSE_S, 0);
}

/** Fetch the recordings ahead, so that a call is spoken although the network is gone by then. */
export async function rehearse(languages: readonly Language[]): Promise<void> {
  await Promise.all(languages.map((language) => recording(language).catch(() => undefined)));
}

export async function speak(call: Call, languages: readonly Language[], afterSeconds: number): Promise<void> {
  const audio = sound();
  if (!audio || audio.state !== "running") return;
  let at = audio.currentTime + afterSeconds;
  for (const language of languages) {
    const buffer = await recording(language).catch(() => null);
    if (!buffer) continue;
    const plan = planOf(call, language);
    at = Math.max(at, audio.currentTime);
    for (const part of plan.parts) {
      const source = audio.createBufferSource();
      source.buffer = buffer;
      source.connect(audio.destination);
      source.start(at + part.at, part.from, part.for);
    }
    at += plan.seconds + PAUSE_S;
  }
}

function recording(language: Language): Promise<AudioBuffer> {
  const known = recorded.get(language);
  if (known) return known;
  const loading = fetch(URLS[language])
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(String(answer.status)))))
    // Decoded without the loudspeaker: a browser may only let that begin with the first call.
    .then((bytes) => new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes));
  recorded.set(language, loading);
  loading.catch(() => recorded.delete(language));
  return loading;
}
