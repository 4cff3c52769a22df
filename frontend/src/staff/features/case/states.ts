import type { CaseState } from "@/shared/api/types";

/** All states, in the order a case passes them (domain.md §2.3). */
export const STATES: readonly CaseState[] = [
  "registered", "triaged", "dispatched", "returned", "signed", "in_progress", "replied", "reviewed",
  "refusal_proposed", "refused", "referred", "delivered", "called_back", "closed",
];
