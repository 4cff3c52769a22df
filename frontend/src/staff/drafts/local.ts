/**
 * What was typed, kept in this tab at once, whatever becomes of the network. The key carries the
 * post, so the next person at this machine does not see it.
 */
import type { Where } from "./server";

const PREFIX = "bancheng.draft";
/** The version of the server's draft that the text was begun from, and whether it is there already. */
export interface Local { values: Record<string, unknown>; id: string | null; version: number; synced: boolean; at: number }

export const localKey = (post: string, where: Where): string => [PREFIX, post, where.subject ?? "", where.id ?? "", where.form].join(":");

export function loadLocal(key: string): Local | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Local | null;
    return kept && typeof kept.values === "object" && kept.values !== null ? kept : null;
  } catch {
    return null;
  }
}

export function storeLocal(key: string, kept: Local): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function dropLocal(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}
