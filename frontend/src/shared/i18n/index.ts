/**
 * Typed translator. Keys come from zh-CN; each surface registers one loader per locale, so a
 * person downloads one language only. A missing translation falls back to the key and is counted.
 */
import { ref, shallowRef } from "vue";

export const LOCALES = ["zh-CN", "zh-TW", "en"] as const;
export type Locale = (typeof LOCALES)[number];
export type Messages = Record<string, string>;
export type Params = Record<string, string | number | null | undefined>;
export type Loaders = Record<Locale, () => Promise<{ default: Messages }>>;

const STORAGE_KEY = "bancheng.locale";

const messages = shallowRef<Messages>({});
const current = ref<Locale>("zh-CN");
const missing = new Set<string>();
let loaders: Loaders | null = null;
/** Words that arrived after the start, so that a change of language takes them along. */
const themes = new Map<Loaders, Promise<void>>();
let changing: Promise<void> = Promise.resolve();
let asked: Locale = "zh-CN";

export const locale = current;

/** The best locale we have for a BCP 47 tag. */
export function nearestLocale(tag: string | null | undefined): Locale {
  const wanted = (tag ?? "").toLowerCase();
  if (wanted.startsWith("en")) return "en";
  if (/^zh-(tw|hk|mo|hant)/.test(wanted)) return "zh-TW";
  return "zh-CN";
}

/** Load the person's language (their choice, else the hall's) and set `<html lang>`. */
export async function startI18n(surface: Loaders, hallLocale?: string): Promise<void> {
  loaders = surface;
  await setLocale(nearestLocale(storedLocale() ?? hallLocale));
}

export function setLocale(next: Locale): Promise<void> {
  asked = next;
  changing = change(next);
  return changing;
}

async function change(next: Locale): Promise<void> {
  if (!loaders) throw new Error("startI18n first");
  const texts = await Promise.all([loaders, ...themes.keys()].map((load) => load[next]()));
  // The person may have chosen again meanwhile: the last choice stands.
  if (asked !== next) return changing;
  messages.value = Object.assign({}, ...texts.map((text) => text.default)) as Messages;
  current.value = next;
  document.documentElement.lang = next === "zh-CN" ? "zh-Hans" : next === "zh-TW" ? "zh-Hant" : "en";
}

/** Fetch the words of a theme in the person's language; from then on they follow every change of it. */
export function bringWords(theme: Loaders): Promise<void> {
  const known = themes.get(theme);
  if (known) return known;
  const coming = add(theme);
  themes.set(theme, coming);
  coming.catch(() => themes.delete(theme));
  return coming;
}

async function add(theme: Loaders): Promise<void> {
  // A change under way has not counted this theme; a later one will.
  await changing.catch(() => undefined);
  const at = current.value;
  const text = (await theme[at]()).default;
  if (current.value === at) messages.value = { ...messages.value, ...text };
}

/** A choice made by the person, kept on this device; the cookie lets the shell come in it. */
export async function chooseLocale(next: Locale): Promise<void> {
  await setLocale(next);
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // Private windows may refuse storage; the choice then lasts for this page.
  }
  document.cookie = `bancheng_locale=${next}; path=/; max-age=31536000; SameSite=Lax`;
}

function storedLocale(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    return value === null || value === undefined ? "" : String(value);
  });
}

/** `one|other` forms, chosen by `params.n` (Chinese has one form and writes no bar). */
function form(text: string, params: Params): string {
  if (!text.includes("|")) return text;
  const forms = text.split("|");
  const one = new Intl.PluralRules(current.value).select(Number(params.n ?? 0)) === "one";
  return (one ? forms[0] : forms[1] ?? forms[0]) ?? text;
}

export function translate(key: string, params: Params = {}): string {
  const text = messages.value[key];
  if (text === undefined) {
    missing.add(key);
    return key;
  }
  return fill(form(text, params), params);
}

/** Text for a code that the server sent; `fallback` when this build does not know the code. */
export function word(prefix: string, code: string | null | undefined, fallback?: string | null): string {
  if (!code) return fallback ?? "";
  const key = `${prefix}.${code}`;
  if (messages.value[key] === undefined) return fallback ?? code;
  return translate(key);
}

export function has(key: string): boolean {
  return messages.value[key] !== undefined;
}

export function missingKeys(): string[] {
  return [...missing];
}

/** `t` that accepts only the keys of one surface's catalogue. */
export function translatorOf<M extends Messages>(): (key: keyof M & string, params?: Params) => string {
  return translate;
}
