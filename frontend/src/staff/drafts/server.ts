/** Drafts as the server keeps them: one for each post, form and subject, with a version. */
import { api, call } from "@/shared/api/client";
import type { Schemas } from "@/shared/api/types";

/** Which form, about what: a case, a number that was called, a letter, a piece of work, a meeting, or nothing yet. */
export interface Where { form: string; subject?: "case" | "ticket" | "letter" | "work" | "meeting"; id?: string | null }
export interface Kept { id: string; version: number; savedAt: number; body: Record<string, unknown> }
type Saved = Schemas["SavedOut"];
type Found = { results: Schemas["DraftOut"][] };

const named = (where: Where): { subject: string; subject_id: string | null; form: string } => ({
  subject: where.subject ?? "", subject_id: where.id ?? null, form: where.form,
});

export async function findDraft(where: Where): Promise<Kept | null> {
  const { results } = await api.get<Found>("drafts", named(where));
  const mine = results.find((one) => one.form === where.form && (one.subject_id ?? null) === (where.id ?? null));
  return mine ? { id: mine.id, version: mine.version, savedAt: Date.parse(mine.saved_at), body: mine.body } : null;
}

/** `keepalive` lets the request outlive its page. */
export async function saveDraft(where: Where, body: object, version: number, keepalive = false): Promise<{ id: string; version: number }> {
  return call<Saved>("POST", "drafts", { body: { ...named(where), body, version }, keepalive });
}

export async function discardDraft(id: string): Promise<void> {
  await api.delete(`drafts/${id}`);
}
