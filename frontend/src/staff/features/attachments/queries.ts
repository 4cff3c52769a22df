/** The files of a case, a piece of work, a meeting or a sealed file; adding and taking back. */
import { useQuery, useQueryClient, type QueryKey } from "@tanstack/vue-query";
import { computed, ref, toValue, type MaybeRefOrGetter } from "vue";
import { api, BASE } from "@/shared/api/client";
import { errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { components } from "@/shared/api/schema";

export type Shelf = components["schemas"]["AttachmentsOut"];
export type Kept = components["schemas"]["AttachmentOut"];

/** Where a shelf lies and under which cached answer: live events make the prefix old. */
export interface Place { base: string; key: QueryKey }

export const atCase = (id: string): Place => ({ base: `cases/${id}`, key: ["case", id, "attachments"] });
export const atWork = (id: string): Place => ({ base: `work/${id}`, key: ["inbox", "attachments", id] });
export const atMeeting = (id: string): Place => ({ base: `meetings/${id}`, key: ["meeting", id, "attachments"] });
export const atDraft = (id: string): Place => ({ base: `drafts/${id}`, key: ["draft", "attachments", id] });
export const atConduct = (id: string): Place => ({ base: `conduct/${id}`, key: ["conduct", "attachments", id] });

export function useShelf(place: MaybeRefOrGetter<Place>) {
  return useQuery({
    queryKey: computed(() => toValue(place).key),
    queryFn: ({ signal }) => api.get<Shelf>(`${toValue(place).base}/attachments`, {}, signal),
  });
}

/** Where the bytes are; a picture may also be looked at. */
export function contentOf(file: Kept, inline = false): string {
  return `${BASE}attachments/${file.id}/content${inline ? "?inline=true" : ""}`;
}

export function useWithdraw(place: MaybeRefOrGetter<Place>) {
  const queries = useQueryClient();
  const intent = new Intent();
  const busy = ref(false);
  const problem = ref("");
  async function withdraw(file: Kept, reason: string): Promise<boolean> {
    busy.value = true;
    problem.value = "";
    try {
      await api.post(`attachments/${file.id}/withdraw`, { reason }, { intent });
      await queries.invalidateQueries({ queryKey: toValue(place).key });
      return true;
    } catch (error) {
      problem.value = errorText(error);
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, withdraw };
}
