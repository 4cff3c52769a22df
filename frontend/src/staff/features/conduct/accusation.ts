/** What is said about whom, as the forms keep it and as it travels. */
import { shallowRef } from "vue";
import type { Pattern } from "./queries";

export interface Accusation { facts: string[]; tags: string[]; posts: string[]; units: string[]; others: string }
export const nothingSaid = (): Accusation => ({ facts: [], tags: [], posts: [], units: [], others: "" });

export function bodyOfAccusation(said: Accusation): Record<string, unknown> {
  return { accused_posts: said.posts, accused_units: said.units, accused_others: said.others.trim(), facts: said.facts, tags: said.tags };
}

/** The clue that a new file begins with: handed from one page to the next in memory, neither in an address nor stored. */
const handed = shallowRef<Pattern | null>(null);
export function handOver(clue: Pattern): void {
  handed.value = clue;
}
export function takeOver(): Pattern | null {
  const clue = handed.value;
  handed.value = null;
  return clue;
}

/** An agent met again and again: a broker in collusion with the clerk, or somebody at the window (C-71). */
export function accusationOf(clue: Pattern): Accusation {
  const clerk = clue.place === "clerk";
  return { facts: ["F4"], tags: ["broker", "collusion"], posts: clerk ? [clue.id] : [], units: [], others: clerk ? "" : clue.name };
}
