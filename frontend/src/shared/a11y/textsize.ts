/** 大字版: root font size by attribute; every size on the page is in rem. */
import { ref } from "vue";

export type TextSize = "normal" | "large" | "xlarge";
const SIZES: readonly TextSize[] = ["normal", "large", "xlarge"];
const STORAGE_KEY = "bancheng.text";

export const textSize = ref<TextSize>("normal");

const known = (value: string | null): value is TextSize => SIZES.includes(value as TextSize);

function apply(size: TextSize): void {
  textSize.value = size;
  if (size === "normal") document.documentElement.removeAttribute("data-text");
  else document.documentElement.setAttribute("data-text", size);
}

/** `?text=` of the host app wins (frontend.md §4), then the person's last choice. */
export function startTextSize(): void {
  const asked = new URLSearchParams(window.location.search).get("text");
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(STORAGE_KEY);
  } catch {
    kept = null;
  }
  apply(known(asked) ? asked : known(kept) ? kept : "normal");
}

export function setTextSize(size: TextSize): void {
  apply(size);
  try {
    localStorage.setItem(STORAGE_KEY, size);
  } catch {
    // Without storage the choice lasts for this page.
  }
}
