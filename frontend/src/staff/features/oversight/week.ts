/** Days of a week, Monday first, as the hall counts them. */
const DAY_MS = 86_400_000;

function noon(on: string): number {
  return Date.parse(`${on}T12:00:00Z`);
}

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The Monday of the week that a day lies in. */
export function mondayOf(on: string): string {
  const weekday = (new Date(noon(on)).getUTCDay() + 6) % 7;
  return iso(noon(on) - weekday * DAY_MS);
}

export function later(on: string, days: number): string {
  return iso(noon(on) + days * DAY_MS);
}

export function weekOf(monday: string): string[] {
  return Array.from({ length: 7 }, (_, i) => later(monday, i));
}
