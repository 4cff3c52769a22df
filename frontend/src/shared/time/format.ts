/** Every time on screen is the hall's time, Asia/Shanghai, whatever the device is set to. */
import { locale, type Locale } from "../i18n";
import { ts } from "../i18n/shared-text";

export const ZONE = "Asia/Shanghai";
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions, lang: Locale = locale.value): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(lang, { timeZone: ZONE, hourCycle: "h23", ...options });
    cache.set(key, found);
  }
  return found;
}

type Moment = string | number | Date;
const date = (at: Moment): Date => (at instanceof Date ? at : new Date(at));

/** 2026-11-21 in the hall's zone. */
export function isoDay(at: Moment): string {
  const parts = formatter({ year: "numeric", month: "2-digit", day: "2-digit" }, "en").formatToParts(date(at));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}`;
}

/** 12:20 */
export function clockTime(at: Moment): string {
  return formatter({ hour: "2-digit", minute: "2-digit" }, "en").format(date(at));
}

/** 11月21日 */
export function monthDay(at: Moment): string {
  return formatter({ month: locale.value === "en" ? "short" : "long", day: "numeric" }).format(date(at));
}

/** 2027年1月21日: a calendar day far enough away to need its year. */
export function yearDay(on: string): string {
  return formatter({ year: "numeric", month: locale.value === "en" ? "short" : "long", day: "numeric" }).format(date(`${on}T00:00:00+08:00`));
}

/** 11月21日 12:20 */
export function dayTime(at: Moment): string {
  return `${monthDay(at)} ${clockTime(at)}`;
}

/** 12:20 when it is today, else with the day. */
export function shortTime(at: Moment, now: number = Date.now()): string {
  return isoDay(at) === isoDay(now) ? clockTime(at) : dayTime(at);
}

/** A date without a time (YYYY-MM-DD), read as a day in the hall's zone. */
export function day(on: string, withWeekday = false): string {
  const noon = new Date(`${on}T12:00:00+08:00`);
  return formatter({
    month: locale.value === "en" ? "short" : "long",
    day: "numeric",
    ...(withWeekday ? { weekday: "short" } : {}),
  }).format(noon);
}

/** 2026年11月21日 */
export function fullDay(at: Moment): string {
  return formatter({ year: "numeric", month: locale.value === "en" ? "short" : "long", day: "numeric" }).format(date(at));
}

/** Both ends of a span of days, with their years only where these differ. */
export function spanOfDays(from: string, to: string): { from: string; to: string } {
  if (from.slice(0, 4) === to.slice(0, 4)) return { from: day(from), to: day(to) };
  return { from: fullDay(`${from}T12:00:00+08:00`), to: fullDay(`${to}T12:00:00+08:00`) };
}

/** 00:41:52; hours may pass 24. */
export function countdown(seconds: number): string {
  const left = Math.abs(Math.trunc(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(left / 3600))}:${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
}

/** 06:12, minutes and seconds of a running service. */
export function stopwatch(seconds: number): string {
  return seconds >= 3600 ? countdown(seconds) : countdown(seconds).slice(3);
}

/** “3 天 2 小时” / “41 分” — at most two units, the smaller one dropped from a day on. */
export function span(seconds: number): string {
  const total = Math.max(0, Math.trunc(Math.abs(seconds)));
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  if (days > 0) return hours > 0 ? ts("span.days_hours", { n: days, hours }) : ts("span.days", { n: days });
  if (hours > 0) return minutes > 0 && hours < 6 ? ts("span.hours_minutes", { n: hours, minutes }) : ts("span.hours", { n: hours });
  return ts("span.minutes", { n: minutes });
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale.value, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

export function percent(share: number, digits = 1): string {
  return new Intl.NumberFormat(locale.value, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
}
