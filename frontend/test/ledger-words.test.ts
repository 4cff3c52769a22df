/** The words of exported ledgers are the console's own: `npx vitest -u run test/ledger-words.test.ts` writes them. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue";

const LISTS = [
  "acceptance", "answer", "applicant_kind", "category", "cause", "channel", "decision", "deliver_method", "difficulty", "discovery", "knowledge",
  "ledger_about", "ledger_archived", "ledger_due", "ledger_filter", "level", "level_of_hall", "link_kind", "order_reason", "order_state", "outcome", "pause_reason", "referral_state",
  "relation", "state", "tool", "urgency",
];
const FOLDER = resolve(import.meta.dirname, "../../apps/ledger/sheets");

describe("C-38: the file says what the page says", () => {
  it.each(["zh-CN", "zh-TW", "en"] as const)("in %s", async (locale) => {
    const said = Object.entries((await catalogue[locale]()).default);
    const of = (prefix: string) => Object.fromEntries(said.filter(([key]) => key.startsWith(`${prefix}.`)).map(([key, text]) => [key.slice(prefix.length + 1), text]).sort());
    const words = Object.fromEntries([["column", of("ledger_col")], ...LISTS.map((list) => [list, of(list)])]);

    await expect(`${JSON.stringify(words, null, 1)}\n`).toMatchFileSnapshot(`${FOLDER}/words.${locale}.json`);
  });

  it("words every column that the server names", () => {
    const source = ["intake", "handling", "result"].map((part) => readFileSync(`${FOLDER}/../columns_${part}.py`, "utf8")).join("\n");
    const keys = [...source.matchAll(/(?:column|empty)\(\s*\d+,\s*"(\w+)"/g)].map((found) => found[1]!).sort();
    const words = JSON.parse(readFileSync(`${FOLDER}/words.zh-CN.json`, "utf8")) as { column: Record<string, string> };

    expect(keys.length).toBe(67);
    expect(Object.keys(words.column).sort()).toEqual(keys);
  });
});
