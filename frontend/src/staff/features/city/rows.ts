/** From the server's figures to the rows drawn. The server computes; here is only order and words. */
import { word } from "@/shared/i18n";
import { number, percent } from "@/shared/time/format";
import { niceScale, type Scale } from "@/shared/ui/interval";
import type { Band } from "@/shared/ui/IntervalCell.vue";
import type { Figure, RankGroup, RankRow } from "@/shared/ui/RankTable.vue";
import { t } from "@/staff/i18n";
import type { Comparison, HallRow, Metric, Network, RateMetric } from "./answers";
import { count, fraction, minutes, NOTHING, share } from "./figures";

const GROUP_ORDER = ["city-main", "sub-centre", "district-main", "street-centre"];
const OVERLOAD = 0.85;
const LIGHT = 0.3;

export const isRate = (metric: Metric): metric is RateMetric => metric === "on_time" || metric === "substantive";

interface Drawn { point: number | null; low: number | null; high: number | null; band: Band; sort: number | null }

function drawn(hall: HallRow, metric: Metric): Drawn {
  if (isRate(metric)) {
    const { shrunk, low, high, band } = hall[metric];
    return { point: shrunk, low, high, band, sort: shrunk };
  }
  const ratio = metric === "wait" ? hall.wait : hall.window_load;
  const value = metric === "wait" ? hall.wait.mean : hall.window_load.value;
  // A short wait is the better one; a load is neither good nor bad and is listed from the top.
  return { point: value, low: ratio.low, high: ratio.high, band: "plain", sort: value === null ? null : metric === "wait" ? -value : value };
}

/** The value as the metric shows it: drawn in for rates, plain otherwise, a fraction when too few. */
function valueOf(hall: HallRow, metric: Metric): Figure {
  if (metric === "wait") return waitFigure(hall);
  if (metric === "window_load") return loadFigure(hall);
  const rate = hall[metric];
  if (rate.n === 0) return { text: NOTHING, n: t("city.n", { n: 0 }) };
  if (rate.value === null) return { text: fraction(rate.x, rate.n), n: t("city.few") };
  return { text: share(rate.shrunk), n: fraction(rate.x, rate.n) };
}

function loadFigure(hall: HallRow): Figure {
  const { value, n } = hall.window_load;
  const tone = value === null ? "" : value > OVERLOAD ? "high" : value < LIGHT ? "low" : "";
  return { text: share(value), n: t("city.n_days", { n }), tone };
}

function waitFigure(hall: HallRow): Figure {
  return { text: minutes(hall.wait.mean), n: t("city.n_tickets", { n: count(hall.wait.n) }) };
}

function nowFigure(hall: HallRow): Figure {
  if (!hall.live) return { text: NOTHING, n: "" };
  return { text: t("city.waiting_now", { n: hall.live.waiting }), n: t("city.open_now", { n: hall.live.open_windows }) };
}

const rankText = (rank: [number, number] | null): string =>
  rank === null ? NOTHING : rank[0] === rank[1] ? String(rank[0]) : `${rank[0]} – ${rank[1]}`;

export function rankOf(hall: HallRow, metric: Metric): string {
  return isRate(metric) ? rankText(hall[metric].rank) : NOTHING;
}

/** Value of an axis mark or mean, in the unit of the metric. */
export function inUnit(value: number | null, metric: Metric, digits = 1): string {
  if (value === null) return NOTHING;
  return metric === "wait" ? t("city.minutes", { n: number(value / 60, digits) }) : percent(value, digits);
}

export function axisText(value: number, metric: Metric): string {
  return metric === "wait" ? number(value / 60) : percent(value, 0);
}

function rowOf(hall: HallRow, metric: Metric): RankRow {
  const { point, low, high, band } = drawn(hall, metric);
  const label = t("city.interval_label", { low: inUnit(low, metric), high: inUnit(high, metric), band: t(`city.band.${band}`) });
  return {
    id: hall.id, name: hall.name, rank: rankOf(hall, metric), small: band === "small", cases: count(hall.cases),
    value: valueOf(hall, metric), low, high, point, band, label, load: loadFigure(hall), wait: waitFigure(hall), now: nowFigure(hall),
    yellow: hall.yellow, red: hall.red, trend: hall.trend ?? [], trendLabel: trendLabel(hall.trend ?? [], metric),
  };
}

function trendLabel(trend: readonly (number | null)[], metric: Metric): string {
  const known = trend.filter((value): value is number => value !== null);
  if (known.length === 0) return t("city.trend_none");
  return t("city.trend_label", {
    low: inUnit(Math.min(...known), metric), high: inUnit(Math.max(...known), metric), last: inUnit(trend[trend.length - 1] ?? null, metric),
  });
}

/** All good ones ÷ all of the group, as the server's bands use it; no group mean of a load. */
export function groupMean(halls: readonly HallRow[], metric: Metric): number | null {
  if (metric === "window_load") return null;
  const parts = halls.map((hall) => (metric === "wait" ? { x: (hall.wait.mean ?? 0) * hall.wait.n, n: hall.wait.n } : hall[metric]));
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  return n === 0 ? null : parts.reduce((sum, part) => sum + part.x, 0) / n;
}

export function networkValue(network: Network, metric: Metric): number | null {
  if (metric === "wait") return network.wait.mean;
  return metric === "window_load" ? network.window_load.value : network[metric].value;
}

/** Peer groups in the order of levels, each with its halls best first, unknown ones last. */
export function groupsOf(found: Comparison, metric: Metric): RankGroup[] {
  const groups = new Map<string, HallRow[]>();
  for (const hall of found.halls) groups.set(hall.peer_group, [...(groups.get(hall.peer_group) ?? []), hall]);
  return [...groups.entries()].sort(([a], [b]) => orderOf(a) - orderOf(b) || a.localeCompare(b)).map(([key, halls]) => {
    const mean = groupMean(halls, metric);
    return {
      key, mean, title: word("peer", key, key),
      note: mean === null ? t("city.group_size", { n: halls.length }) : t("city.group_note", { n: halls.length, mean: inUnit(mean, metric) }),
      rows: sorted(halls, metric).map((hall) => rowOf(hall, metric)),
    };
  });
}

const orderOf = (key: string): number => (GROUP_ORDER.includes(key) ? GROUP_ORDER.indexOf(key) : GROUP_ORDER.length);

function sorted(halls: readonly HallRow[], metric: Metric): HallRow[] {
  const at = (hall: HallRow): number => drawn(hall, metric).sort ?? -Infinity;
  return [...halls].sort((a, b) => (at(b) === at(a) ? a.name.localeCompare(b.name) : at(b) - at(a)));
}

export function scaleOf(found: Comparison, metric: Metric): Scale {
  const values = found.halls.flatMap((hall) => drawnBounds(hall, metric));
  const all = [...values, networkValue(found.network, metric)];
  if (metric !== "wait") return niceScale(all, { min: 0, max: 1 });
  const inMinutes = niceScale(all.map((value) => (value === null ? null : value / 60)), { min: 0 });
  return { min: inMinutes.min * 60, max: inMinutes.max * 60, step: inMinutes.step * 60 };
}

function drawnBounds(hall: HallRow, metric: Metric): (number | null)[] {
  const { point, low, high } = drawn(hall, metric);
  return [point, low, high];
}

/** Cells of the heat table: more always means “look here”, so a good share is turned around. */
export function heatValue(value: number | null, metric: Metric): number | null {
  if (value === null) return null;
  if (metric === "wait") return value / 60;
  return (isRate(metric) ? 1 - value : value) * 100;
}
