/** The words of fields and codes: those of one kind before those that kinds share. */
import { has, word } from "@/shared/i18n";

export function fieldLabel(kind: string, name: string): string {
  return has(`work.field.${kind}.${name}`) ? word("work.field", `${kind}.${name}`) : word("work.field", name);
}

export function optionLabel(name: string, code: string): string {
  return has(`work.option.${name}.${code}`) ? word("work.option", `${name}.${code}`) : word("work.option", code);
}
