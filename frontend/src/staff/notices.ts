/** What was said in toasts stays listed under the bell until it has been looked at. */
import { reactive, ref } from "vue";
import { onToast, toast, type Toast } from "@/shared/ui/toasts";

export interface Notice { id: number; text: string; at: number; to: string | null }
const KEEP = 20;
export const notices = reactive<Notice[]>([]);
export const unread = ref(0);
let nextId = 1;

function keep(text: string, to: string | null): void {
  notices.unshift({ id: nextId, text, at: Date.now(), to });
  nextId += 1;
  if (notices.length > KEEP) notices.pop();
  unread.value += 1;
}
onToast((text) => keep(text, null));

/** Tell the person and keep it under the bell; `to` is where a click leads. */
export function notify(text: string, options: { to?: string; tone?: Toast["tone"]; quiet?: boolean } = {}): void {
  keep(text, options.to ?? null);
  if (!options.quiet) toast(text, { tone: options.tone ?? "ok", kept: true });
}
