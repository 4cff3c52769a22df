/** Every shortcut of the console by name: what the sheet lists, on whatever page it is opened. */
import type { Step } from "@/shared/api/types";
import { useShortcut } from "@/shared/a11y/shortcuts";
import { t, type StaffKey } from "./i18n";

export type CommandGroup = "everywhere" | "desk" | "case" | "list";
export interface Command { keys: string; label: StaffKey; group: CommandGroup; inFields?: true; listedOnly?: true }

const named = <Name extends string>(all: Record<Name, Command>): Record<Name, Command> => all;
/** F keys also while typing: a number is called with one hand while the other holds the telephone. */
export const COMMANDS = named({
  palette: { keys: "Ctrl+K", label: "keys.palette", group: "everywhere", inFields: true },
  search: { keys: "/", label: "keys.search", group: "everywhere" },
  sheet: { keys: "?", label: "keys.sheet", group: "everywhere" },
  undo: { keys: "Alt+Z", label: "keys.undo", group: "everywhere", inFields: true },
  submit: { keys: "Ctrl+Enter", label: "keys.submit", group: "everywhere", listedOnly: true },
  call: { keys: "F2", label: "keys.call", group: "desk", inFields: true },
  recall: { keys: "F3", label: "keys.recall", group: "desk", inFields: true },
  start: { keys: "F4", label: "keys.start", group: "desk", inFields: true },
  finish: { keys: "F8", label: "keys.finish", group: "desk", inFields: true },
  register: { keys: "F9", label: "keys.register", group: "desk" },
  triage: { keys: "Alt+T", label: "step.triage", group: "case" },
  dispatch: { keys: "Alt+D", label: "step.dispatch", group: "case" },
  sign: { keys: "Alt+S", label: "step.sign", group: "case" },
  contact: { keys: "Alt+N", label: "step.contact", group: "case" },
  reply: { keys: "Alt+R", label: "step.reply", group: "case" },
  deliver: { keys: "Alt+L", label: "step.deliver", group: "case" },
  callback: { keys: "Alt+B", label: "step.callback", group: "case" },
  close: { keys: "Alt+J", label: "step.close", group: "case" },
  next_row: { keys: "j", label: "keys.next_row", group: "list" },
  previous_row: { keys: "k", label: "keys.previous_row", group: "list" },
  open_row: { keys: "Enter", label: "keys.open_row", group: "list", listedOnly: true },
});
export type CommandName = keyof typeof COMMANDS;
/** The steps of a case that have keys of their own. */
export const STEP_KEYS = ["triage", "dispatch", "sign", "contact", "reply", "deliver", "callback", "close"] as const satisfies readonly (Step & CommandName)[];

/** Answer to a command's keys as long as the component lives. */
export function useCommand(name: CommandName, run: () => void): void {
  const { keys, label, inFields, listedOnly } = COMMANDS[name];
  useShortcut({ id: name, keys, label: () => t(label), run, inFields, listedOnly });
}
