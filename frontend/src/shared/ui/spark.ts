/** Points of a small line; a missing value is a gap, never a zero. */
export interface SparkShape { lines: string[]; last: { x: number; y: number } | null }

export function sparkShape(values: readonly (number | null)[], width: number, height: number, pad = 3): SparkShape {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return { lines: [], last: null };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (i: number): number => round(pad + (i / Math.max(1, values.length - 1)) * (width - 2 * pad));
  const y = (value: number): number =>
    round(high === low ? height / 2 : pad + ((high - value) / (high - low)) * (height - 2 * pad));
  const points = values.map((value, i) => (value === null ? null : { x: x(i), y: y(value) }));
  return { lines: unbroken(points).map((run) => run.map((p) => `${p.x},${p.y}`).join(" ")), last: points[points.length - 1] ?? null };
}

type Point = { x: number; y: number };
const round = (value: number): number => Math.round(value * 10) / 10;

function unbroken(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const point of [...points, null]) {
    if (point) run.push(point);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}
