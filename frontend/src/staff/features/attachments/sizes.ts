/** How large a file is, and what may be added, in the reader's words. */
import { locale, translate } from "@/shared/i18n";
import { listed } from "@/shared/i18n/list";
import type { Shelf } from "./queries";

const KB = 1024;

export function sized(bytes: number): string {
  const mb = bytes / KB / KB;
  const [value, unit] = mb >= 1 ? [mb, "MB"] : [Math.max(1, bytes / KB), "KB"];
  const digits = unit === "MB" && value < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits }).format(value)} ${unit}`;
}

/** “JPG, PNG, WEBP up to 10 MB; PDF up to 20 MB”: kinds of one limit stand together. */
export function taken(shelf: Shelf): string {
  const groups = new Map<number, string[]>();
  for (const one of shelf.takes) groups.set(one.most_mb, [...(groups.get(one.most_mb) ?? []), one.kind.toUpperCase()]);
  return listed([...groups].map(([most, kinds]) => translate("attachments.up_to", { kinds: kinds.join(" "), most })));
}

/** For the chooser of the operating system. */
export function endings(shelf: Shelf): string {
  return shelf.takes.flatMap((one) => one.endings.map((ending) => `.${ending}`)).join(",");
}
