/** The cases looked at last, for the palette. In memory only: titles are nothing for a shared disk. */
import { shallowRef } from "vue";

export interface Seen { id: string; number: string; title: string }
const KEPT = 8;
export const recent = shallowRef<readonly Seen[]>([]);

export function saw({ id, number, title }: Seen): void {
  recent.value = [{ id, number, title }, ...recent.value.filter((one) => one.id !== id)].slice(0, KEPT);
}

/** What became a sealed file is not offered again. */
export function forget(id: string): void {
  recent.value = recent.value.filter((one) => one.id !== id);
}
