/** A filter in words: what it is called, and what its value says. */
import { listed } from "@/shared/i18n/list";
import { translate, word } from "@/shared/i18n";

const LISTS: Record<string, string> = {
  state: "state", cause: "cause", outcome: "outcome", urgency: "urgency", channel: "channel", card: "level", due: "ledger_due", archived: "ledger_archived",
};
const TRUTHS: Record<string, string> = { true: "answer.yes", false: "answer.no" };

/** `names` words ids of units and people. */
export function filterText(filters: Record<string, string>, names: ReadonlyMap<string, string>): string[] {
  return Object.entries(filters).map(([name, value]) => `${word("ledger_filter", name)} ${said(name, value, names)}`.trim());
}

function said(name: string, value: string, names: ReadonlyMap<string, string>): string {
  const list = LISTS[name];
  if (list) return listed(value.split(",").map((code) => word(list, code)));
  const truth = TRUTHS[value];
  if (truth) return name === "mine" ? "" : translate(truth);
  return names.get(value) ?? value;
}
