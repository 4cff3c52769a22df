import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, type EffectScope } from "vue";
import { rebind, rebindAll, unusable } from "@/shared/a11y/keys";
import { comboOf, keysOf, registered, setMode, startShortcuts, useShortcut } from "@/shared/a11y/shortcuts";

import { COMMANDS, STEP_KEYS, type CommandName } from "@/staff/commands";
import { PAGES } from "@/staff/pages";

const SRC = resolve(import.meta.dirname, "..", "src", "staff");
let scope: EffectScope;
const run = vi.fn();
const press = (key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body): void => {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
};
const register = (keys: string, more: { id?: string; inFields?: boolean; listedOnly?: boolean } = {}): void => {
  scope.run(() => useShortcut({ keys, label: () => keys, run, ...more }));
};

beforeAll(startShortcuts);
beforeEach(() => {
  scope = effectScope();
  run.mockClear();
  setMode("on");
  rebindAll();
  document.body.innerHTML = "";
});
afterEach(() => scope.stop());

describe("shortcuts", () => {
  it("run for their combination and not for another", () => {
    register("Alt+D");

    press("d");
    press("\u2202", { altKey: true, code: "KeyD" });

    expect(run).toHaveBeenCalledOnce();
  });

  it("name combinations the same way for both letter cases and Mac's command key", () => {
    expect(comboOf(new KeyboardEvent("keydown", { key: "d", altKey: true }))).toBe("Alt+D");
    expect(comboOf(new KeyboardEvent("keydown", { key: "Enter", metaKey: true }))).toBe("Ctrl+Enter");
    expect(comboOf(new KeyboardEvent("keydown", { key: "F2" }))).toBe("F2");
  });

  it("stay quiet while somebody types, unless made for fields", () => {
    const field = document.body.appendChild(document.createElement("textarea"));
    register("/");
    register("F2", { inFields: true });

    press("/", {}, field);
    expect(run).not.toHaveBeenCalled();
    press("F2", {}, field);
    expect(run).toHaveBeenCalledOnce();
  });

  it("on single letters are off until switched on (WCAG 2.1.4)", () => {
    register("j");

    press("j");
    expect(run).not.toHaveBeenCalled();
    setMode("letters");
    press("j");
    expect(run).toHaveBeenCalledOnce();
  });

  it("can be switched off altogether", () => {
    register("F2");
    setMode("off");

    press("F2");

    expect(run).not.toHaveBeenCalled();
  });

  it("do not repeat while the key is held, nor while Chinese is being composed", () => {
    register("F2");

    press("F2", { repeat: true });
    press("F2", { isComposing: true });

    expect(run).not.toHaveBeenCalled();
  });

  it("go with the page that registered them", () => {
    register("F2");
    scope.stop();

    press("F2");

    expect(run).not.toHaveBeenCalled();
    expect(registered).toHaveLength(0);
  });

  it("are none with Ctrl+Shift: those belong to screen readers and the browser", () => {
    register("Ctrl+K");

    press("K", { ctrlKey: true, shiftKey: true });

    expect(run).not.toHaveBeenCalled();
  });

  it("rest while a dialog is open, also those made for fields", () => {
    register("F2", { inFields: true });
    const dialog = document.body.appendChild(document.createElement("div"));
    dialog.setAttribute("aria-modal", "true");
    vi.spyOn(dialog, "getClientRects").mockReturnValue([{}] as unknown as DOMRectList);

    press("F2");

    expect(run).not.toHaveBeenCalled();
  });

  it("take letters one after the other, once letters are on", () => {
    register("g d");

    press("g");
    press("d");
    expect(run).not.toHaveBeenCalled();
    setMode("letters");
    press("d");
    expect(run).not.toHaveBeenCalled();
    press("g");
    press("d");
    expect(run).toHaveBeenCalledOnce();
  });

  it("follow the keys that a person put in their place, and only those", () => {
    register("Alt+D", { id: "dispatch" });
    rebind("dispatch", "F7");

    press("d", { altKey: true, code: "KeyD" });
    expect(run).not.toHaveBeenCalled();
    press("F7");
    expect(run).toHaveBeenCalledOnce();
    rebind("dispatch", null);
    expect(keysOf({ id: "dispatch", keys: "Alt+D" })).toBe("Alt+D");
  });

  it("refuse keys that the browser, the controls or a screen reader need", () => {
    expect(unusable("Ctrl+W")).toBe("reserved");
    expect(unusable("Tab")).toBe("reserved");
    expect(unusable("Ctrl+Shift+D")).toBe("shift");
    expect(unusable("Control")).toBe("modifier");
    expect(unusable("Alt+P")).toBeNull();
  });
});

describe("the commands of the console", () => {
  it("begin with different keys, and with keys that may be used", () => {
    const changeable = Object.values(COMMANDS).filter((one) => !one.listedOnly);
    const keys = [...changeable.map((one) => one.keys), ...PAGES.flatMap((page) => page.letters ?? [])];

    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((one) => unusable(one) !== null)).toEqual([]);
  });

  it("each belong to a part of the console", () => {
    const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith("commands.ts"));
    const text = files.map((name) => readFileSync(join(SRC, name), "utf8")).join("");

    expect((Object.keys(COMMANDS) as CommandName[]).filter((name) => !COMMANDS[name].listedOnly && !(STEP_KEYS as readonly string[]).includes(name) && !text.includes(`"${name}"`))).toEqual([]);
  });
});
