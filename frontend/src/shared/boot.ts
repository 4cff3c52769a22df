/** What Django wrote into the shell's `<script type="application/json" id="boot">`. */
import type { HallSummary } from "./api/types";

export interface Boot {
  hall: HallSummary | null;
  locale: string;
  deskName: string;
  release: string;
  /** Name of the cookie that carries the CSRF token. */
  csrfCookie: string;
  /** Name of the network of halls. */
  network?: string;
  /** Where the desk is found, if the hall has told. */
  place?: { address?: string; hours?: string; phones?: string[] };
}

const EMPTY: Boot = { hall: null, locale: "zh-CN", deskName: "", release: "dev", csrfCookie: "csrftoken" };

export function readBoot(): Boot {
  try {
    const parsed: unknown = JSON.parse(document.getElementById("boot")?.textContent ?? "");
    return typeof parsed === "object" && parsed !== null ? { ...EMPTY, ...parsed } : EMPTY;
  } catch {
    return EMPTY;
  }
}

export const boot = readBoot();
