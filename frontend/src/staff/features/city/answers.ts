/** Shapes of the city answers (GET city/halls, city/halls/{id}, city/facts). */
import type { Iso, IsoDay, Level, Uuid } from "@/shared/api/types";

export const METRICS = ["on_time", "substantive", "window_load", "wait"] as const;
export type Metric = (typeof METRICS)[number];
export type RateMetric = "on_time" | "substantive";

export interface Bounds { low: number | null; high: number | null }
export interface Load extends Bounds { value: number | null; n: number }
/** Seconds; the bounds are those of the mean. */
export interface Wait extends Bounds { mean: number | null; p50: number | null; p90: number | null; n: number }
export interface Share extends Bounds { x: number; n: number; value: number | null; excluded?: Record<string, number> }
/** Registered cases by who asks (C-74). */
export type Applicants = Record<"person" | "enterprise" | "sole_trader" | "other", number>;
export interface Standing extends Share { shrunk: number | null; band: "better" | "same" | "worse" | "small"; rank: [number, number] | null }
export interface Volume { receptions: number; cases: number; window_load: Load; wait: Wait; yellow: number; red: number; applicants?: Applicants; refusal?: Share }
export interface Network extends Volume { on_time: Share; substantive: Share }
export interface HallNow { waiting: number; serving: number; open_windows: number; oldest_wait_at: Iso | null; at: Iso }
export interface HallRow extends Volume {
  id: Uuid; name: string; level: Level; peer_group: string; on_time: Standing; substantive: Standing;
  trend: (number | null)[] | null; live?: HallNow | null;
}
export interface Comparison {
  from: IsoDay; to: IsoDay; metric?: Metric; updated_at: Iso | null; halls: HallRow[]; network: Network;
  minimum_sample: number; notes: Record<string, string | number>;
}

export interface Counts {
  receptions: number; cases: number; closed_n: number; done_n: number; due_n: number; on_time_n: number;
  yellow: number; red: number; returned?: number; reopened?: number; referred_up?: number;
}
export interface QueueCounts {
  tickets?: number; called?: number; served?: number; missed?: number; wait_n?: number; wait_mean?: number | null;
  wait_p50?: number | null; wait_p90?: number | null; service_n?: number; service_mean?: number | null;
  staffed_seconds?: number; load?: number | null;
}
export interface WindowLabel { id: Uuid; label: string }
export interface DayFacts extends Counts, QueueCounts { day: IsoDay; window?: WindowLabel; cause?: string }
export interface WindowFacts extends Counts, QueueCounts { window: WindowLabel; state: "overloaded" | "normal" | "light" | "unknown" }
export interface Drill { hall: HallRow; windows: WindowFacts[]; days: DayFacts[]; minimum_sample: number; notes: Record<string, string | number> }
