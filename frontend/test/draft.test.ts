import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it } from "vitest";
import { effectScope, ref } from "vue";
import { useDraft } from "@/staff/draft";

beforeEach(() => {
  sessionStorage.clear();
  setActivePinia(createPinia());
});
const blank = () => ({ note: "", unit: "" });
function open(name: () => string) {
  const scope = effectScope();
  return { scope, ...scope.run(() => useDraft(name, blank))! };
}

describe("a draft", () => {
  it("is there again when the form is opened again", () => {
    const first = open(() => "c1:reply");
    first.values.value.note = "half a sentence";
    first.scope.stop();

    const second = open(() => "c1:reply");

    expect(second.values.value).toEqual({ note: "half a sentence", unit: "" });
  });

  it("keeps nobody's name of those who are accused (C-13)", () => {
    const secret = () => effectScope().run(() => useDraft(() => "c1:triage", blank, ["unit"]))!;
    const first = secret();
    first.values.value = { note: "kept", unit: "who is meant" };

    window.dispatchEvent(new Event("pagehide"));

    expect(secret().values.value).toEqual({ note: "kept", unit: "" });
    expect(JSON.stringify({ ...sessionStorage })).not.toContain("who is meant");
  });

  it("survives a page that is closed at once", () => {
    open(() => "c1:reply").values.value.note = "typed just now";

    window.dispatchEvent(new Event("pagehide"));

    expect(open(() => "c1:reply").values.value.note).toBe("typed just now");
  });

  it("belongs to one case and step", () => {
    const name = ref("c1:reply");
    const draft = open(() => name.value);
    draft.values.value.note = "for one";

    name.value = "c2:reply";
    expect(draft.values.value.note).toBe("");
    name.value = "c1:reply";
    expect(draft.values.value.note).toBe("for one");
  });

  it("is gone once it was sent", () => {
    const draft = open(() => "c1:reply");
    draft.values.value.note = "sent";

    draft.clear();
    draft.scope.stop();

    expect(draft.values.value.note).toBe("");
    expect(open(() => "c1:reply").values.value.note).toBe("");
  });
});
