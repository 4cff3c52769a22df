/** A service item comes as a code with its name, or as a plain name. */
export function serviceName(item: { code: string; name: string } | string | null | undefined): string {
  if (!item) return "";
  return typeof item === "string" ? item : item.name;
}
