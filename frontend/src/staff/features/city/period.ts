/** The periods offered; parts of a hall (by window, by cause) reach back 90 days at most. */
import { isoDay } from "@/shared/time/format";

export const PERIODS = ["30", "90", "365"] as const;
export type PeriodKey = (typeof PERIODS)[number];
export const PART_PERIODS: readonly PeriodKey[] = ["30", "90"];
const DAY_MS = 86_400_000;

/** The asked period, else the longest offered: rates are read over twelve months (domain.md §5.4). */
export function periodOf(raw: unknown, offered: readonly PeriodKey[] = PERIODS): PeriodKey {
  return offered.find((key) => key === raw) ?? offered[offered.length - 1] ?? "365";
}

/** First and last day, both included, the last one being today in the halls' zone. */
export function daysOf(period: PeriodKey, now: number): { from: string; to: string } {
  return { from: isoDay(now - (Number(period) - 1) * DAY_MS), to: isoDay(now) };
}

/** First days of the twelve weeks that end on `to`, oldest first. */
export function weekStarts(to: string, weeks = 12): string[] {
  const end = Date.parse(`${to}T12:00:00+08:00`);
  return Array.from({ length: weeks }, (_, i) => isoDay(end - ((weeks - i) * 7 - 1) * DAY_MS));
}
