/** What the list of cases can be narrowed to and sorted by: the names are those of the address and of the API. */
export const NAMES = [
  "q", "state", "cause", "mine", "department", "due", "reason", "outcome", "urgency", "confidential", "reopened", "referral",
  "registered_from", "registered_to", "closed_from", "closed_to", "sort",
] as const;
export type FilterName = (typeof NAMES)[number];
export type CaseFilters = Partial<Record<FilterName, string>>;

export const CAUSES = ["cannot", "hard", "unwilling"] as const;
export const DUE = ["overdue", "today", "soon"] as const;
export const OUTCOMES = ["done", "done_alt", "partly", "explained", "transferred_closed", "withdrawn", "unreachable", "unresolved", "merged"] as const;
export const SORTS = ["-registered_at", "registered_at", "due_at", "-due_at", "-closed_at", "closed_at", "number", "-urgency"] as const;
export const USUAL_SORT = "-registered_at";
/** Those that lie behind “more filters”. */
const FURTHER: readonly FilterName[] = [
  "reason", "outcome", "urgency", "confidential", "reopened", "referral", "registered_from", "registered_to", "closed_from", "closed_to",
];

/** What an address asks for; everything else in it is left alone. */
export function filtersOf(query: Record<string, unknown>): CaseFilters {
  const found: CaseFilters = {};
  for (const name of NAMES) {
    const value = query[name];
    if (typeof value === "string" && value !== "") found[name] = value;
  }
  return found;
}

/** How many filters are set that a closed “more filters” would hide. */
export const hidden = (filters: CaseFilters): number => FURTHER.filter((name) => filters[name]).length;

/** Whether anything narrows the list; an order alone does not. */
export const narrows = (filters: CaseFilters): boolean => Object.keys(filters).some((name) => name !== "sort");
