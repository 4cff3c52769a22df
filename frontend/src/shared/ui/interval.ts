/** Where values lie on a drawn axis; the server computes the values, this only places them. */
export interface Scale { min: number; max: number; step: number }

const STEPS = [1, 2, 4, 5, 10];
const MOST_STEPS = 5;

/** Round bounds with at most five steps that hold every value, kept within `limits`. */
export function niceScale(
  values: readonly (number | null | undefined)[],
  limits: { min?: number; max?: number } = {},
): Scale {
  const known = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  const low = known.length > 0 ? Math.min(...known) : (limits.min ?? 0);
  const high = known.length > 0 ? Math.max(...known) : (limits.max ?? 1);
  const step = niceStep(low, high);
  const min = Math.max(Math.floor(low / step + 1e-9) * step, limits.min ?? -Infinity);
  const max = Math.min(Math.ceil(high / step - 1e-9) * step, limits.max ?? Infinity);
  return max > min ? { min, max, step } : { min: Math.max(min - step, limits.min ?? -Infinity), max: min + step, step };
}

function niceStep(low: number, high: number): number {
  const range = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(range / MOST_STEPS));
  const fits = (step: number): boolean => Math.ceil(high / step - 1e-9) - Math.floor(low / step + 1e-9) <= MOST_STEPS;
  return STEPS.map((n) => n * power).find(fits) ?? 20 * power;
}

/** The step marks from one end to the other. */
export function ticks(scale: Scale): number[] {
  const count = Math.round((scale.max - scale.min) / scale.step);
  return Array.from({ length: count + 1 }, (_, i) => scale.min + i * scale.step).filter((at) => at <= scale.max + 1e-9);
}

/** Share of the axis left of `value`, 0…1; what lies outside is drawn at the edge. */
export function place(scale: Scale, value: number): number {
  return Math.min(1, Math.max(0, (value - scale.min) / (scale.max - scale.min)));
}

export interface Bar { left: number; width: number; cutLow: boolean; cutHigh: boolean }

/** The bar of an interval as shares of the axis, and whether an end lies beyond it. */
export function bar(scale: Scale, low: number, high: number): Bar {
  const left = place(scale, Math.min(low, high));
  const right = place(scale, Math.max(low, high));
  return { left, width: right - left, cutLow: low < scale.min, cutHigh: high > scale.max };
}
