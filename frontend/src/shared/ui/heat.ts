/** Eight classes of a heat table (frontend.md §3); the number stands in the cell. */
export const CLASSES = 8;
const USUAL = 0.95;

/** A round top value that 95 % of the cells stay under, so one outlier does not pale the rest. */
export function heatTop(values: readonly (number | null)[]): number {
  const known = values.filter((value): value is number => value !== null && value > 0).sort((a, b) => a - b);
  if (known.length === 0) return 1;
  const usual = known[Math.min(known.length - 1, Math.floor(known.length * USUAL))] ?? 1;
  const power = 10 ** Math.floor(Math.log10(usual));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((n) => n * power >= usual - 1e-12) ?? 10) * power;
}

/** 0…7; the top and anything above it is 7. */
export function heatClass(value: number, top: number): number {
  return Math.min(CLASSES - 1, Math.max(0, Math.floor((value / top) * CLASSES)));
}
