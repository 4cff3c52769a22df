import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, type EffectScope } from "vue";
import { comboOf, registered, setMode, startShortcuts, useShortcut } from "@/shared/a11y/shortcuts";

let scope: EffectScope;
const run = vi.fn();
const press = (key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body): void => {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
};
const register = (keys: string, more: { inFields?: boolean; listedOnly?: boolean } = {}): void => {
  scope.run(() => useShortcut({ keys, label: () => keys, run, ...more }));
};

beforeAll(startShortcuts);
beforeEach(() => {
  scope = effectScope();
  run.mockClear();
  setMode("on");
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
});
