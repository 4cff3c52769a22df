import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, ref, type EffectScope } from "vue";
import { keepDraft, useDraft, type DraftOptions, type Where } from "@/staff/draft";

/** The server's one draft per form, with its versions. */
class Server {
  kept = new Map<string, { id: string; version: number; body: Record<string, unknown> }>();
  away = false;
  saves = 0;
  answer = async (address: string, init: RequestInit): Promise<Response> => {
    if (this.away) throw new TypeError("no network");
    const url = new URL(address, "http://hall");
    if (init.method === "DELETE") return this.gone(url.pathname.split("/").at(-1)!);
    if (init.method === "GET") return this.listed(url.searchParams.get("form")!, url.searchParams.get("subject_id"));
    return this.saved(JSON.parse(String(init.body)));
  };
  private gone(id: string): Response {
    for (const [key, one] of this.kept) if (one.id === id) this.kept.delete(key);
    return new Response(null, { status: 204 });
  }
  private listed(form: string, id: string | null): Response {
    const found = this.kept.get(`${id ?? ""}:${form}`);
    const results = found ? [{ ...found, form, subject: "case", subject_id: id, saved_at: "2026-03-02T10:00:00+08:00" }] : [];
    return Response.json({ results, next: null });
  }
  private saved(given: { form: string; subject_id: string | null; body: Record<string, unknown>; version: number }): Response {
    const key = `${given.subject_id ?? ""}:${given.form}`;
    const before = this.kept.get(key);
    if (before && JSON.stringify(before.body) === JSON.stringify(given.body)) return Response.json({ ...before, saved_at: "x" });
    if (given.version !== (before?.version ?? 0)) {
      return Response.json({ code: "drafts.changed_elsewhere", params: { version: before?.version ?? 0 } }, { status: 409 });
    }
    const next = { id: before?.id ?? `d-${this.kept.size}-${given.form}`, version: given.version + 1, body: given.body };
    this.kept.set(key, next);
    this.saves += 1;
    return Response.json({ ...next, saved_at: "2026-03-02T10:00:00+08:00" });
  }
}

let server: Server;
const scopes: EffectScope[] = [];
const blank = () => ({ note: "", unit: "" });
const REPLY: Where = { form: "reply", subject: "case", id: "c1" };
const settled = async (ms = 0): Promise<void> => { await vi.advanceTimersByTimeAsync(ms); };

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  setActivePinia(createPinia());
  server = new Server();
  vi.stubGlobal("fetch", server.answer);
});
afterEach(() => {
  scopes.splice(0).forEach((scope) => scope.stop());
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function open(where: () => Where = () => REPLY, options: DraftOptions = {}) {
  const scope = effectScope();
  scopes.push(scope);
  return { scope, ...scope.run(() => useDraft(where, blank, options))! };
}
/** Another browser of the same person: nothing of this tab is there. */
async function elsewhere<T>(act: () => Promise<T>): Promise<T> {
  const here = { ...sessionStorage };
  sessionStorage.clear();
  const found = await act();
  sessionStorage.clear();
  Object.entries(here).forEach(([key, value]) => sessionStorage.setItem(key, value));
  return found;
}

describe("a draft in its tab", () => {
  it("is there again when the form is opened again, at once", () => {
    const first = open();
    first.values.value.note = "half a sentence";
    first.scope.stop();

    const second = open();

    expect(second.values.value).toEqual({ note: "half a sentence", unit: "" });
    expect(second.restoredAt.value).not.toBeNull();
  });

  it("keeps nobody's name of those who are accused, neither here nor on the server (C-13)", async () => {
    const first = open(() => REPLY, { unkept: ["unit"] });
    await settled();
    first.values.value = { note: "kept", unit: "who is meant" };

    window.dispatchEvent(new Event("pagehide"));
    await settled(2_000);

    expect(open(() => REPLY, { unkept: ["unit"] }).values.value).toEqual({ note: "kept", unit: "" });
    expect(JSON.stringify({ ...sessionStorage })).not.toContain("who is meant");
    expect(JSON.stringify([...server.kept])).not.toContain("who is meant");
  });

  it("trusts who somebody is to the server alone", async () => {
    const first = open(() => REPLY, { sealed: ["unit"] });
    await settled();
    first.values.value = { note: "a", unit: "林晓雨" };
    await settled(2_000);
    first.scope.stop();

    expect(JSON.stringify({ ...sessionStorage })).not.toContain("林晓雨");
    const again = open(() => REPLY, { sealed: ["unit"] });
    await settled();
    expect(again.values.value).toEqual({ note: "a", unit: "林晓雨" });
  });

  it("belongs to one case and step", async () => {
    const id = ref("c1");
    const draft = open(() => ({ form: "reply", subject: "case", id: id.value }));
    draft.values.value.note = "for one";

    id.value = "c2";
    expect(draft.values.value.note).toBe("");
    await settled();
    id.value = "c1";
    expect(draft.values.value.note).toBe("for one");
  });

  it("is gone once it was sent", async () => {
    const draft = open();
    draft.values.value.note = "sent";
    await settled(2_000);
    const named = await draft.settle();
    server.kept.clear(); // the step took it along

    draft.clear();
    draft.scope.stop();
    const again = open();
    await settled(3_000);

    expect(named).toBe("d-0-reply");
    expect([draft.values.value.note, again.values.value.note, server.saves]).toEqual(["", "", 1]);
  });
});

describe("a draft on the server", () => {
  it("is there on another machine", async () => {
    const here = open();
    await settled();
    here.values.value.note = "begun at the window";
    await settled(2_000);

    const there = await elsewhere(async () => {
      const draft = open();
      await settled();
      return draft;
    });

    expect(there.values.value.note).toBe("begun at the window");
    expect(there.restoredAt.value).toBe(Date.parse("2026-03-02T10:00:00+08:00"));
  });

  it("is not asked to keep what nobody has typed", async () => {
    open();
    await settled(20_000);

    expect(server.saves).toBe(0);
  });

  it("waits in the tab while the network is away, and is handed in afterwards", async () => {
    const draft = open();
    await settled();
    server.away = true;
    draft.values.value.note = "typed in a dead spot";
    await settled(3_000);
    expect([draft.onlyHere.value, server.saves]).toEqual([true, 0]);

    server.away = false;
    window.dispatchEvent(new Event("online"));
    await settled(10);

    expect([...server.kept.values()][0]!.body.note).toBe("typed in a dead spot");
    expect(draft.onlyHere.value).toBe(false);
  });

  it("shows both when two machines wrote different words, and loses neither", async () => {
    const here = open();
    await settled();
    here.values.value.note = "one";
    await settled(2_000);
    server.kept.set("c1:reply", { id: "d-0-reply", version: 2, body: { note: "two", unit: "" } });
    here.values.value.note = "one, longer";
    await settled(2_000);

    expect(here.other.value?.values).toEqual({ note: "two", unit: "" });
    expect(here.values.value.note).toBe("one, longer");
    expect(server.kept.get("c1:reply")!.body.note).toBe("two");

    here.keepMine();
    await settled(10);
    expect(server.kept.get("c1:reply")).toMatchObject({ version: 3, body: { note: "one, longer" } });
    expect(here.other.value).toBeNull();
  });

  it("can be taken from the other machine instead", async () => {
    const here = open();
    await settled();
    server.kept.set("c1:reply", { id: "d", version: 1, body: { note: "two", unit: "" } });
    here.values.value.note = "one";
    await settled(2_000);

    here.takeOther();

    expect(here.values.value.note).toBe("two");
  });

  it("says that it was sent elsewhere, and leaves the words where they are", async () => {
    const here = open();
    await settled();
    here.values.value.note = "one";
    await settled(2_000);
    server.kept.clear();
    here.values.value.note = "one more";
    await settled(2_000);

    expect([here.gone.value, here.values.value.note]).toEqual([true, "one more"]);
  });

  it("forgets an old text of this tab that was sent from another machine", async () => {
    const here = open();
    await settled();
    here.values.value.note = "one";
    await settled(2_000);
    here.scope.stop();
    server.kept.clear();

    const again = open();
    await settled();

    expect(again.values.value.note).toBe("");
  });

  it("is thrown away on both sides", async () => {
    const here = open();
    await settled();
    here.values.value.note = "one";
    await settled(2_000);

    await here.discard();

    expect([here.values.value.note, server.kept.size, sessionStorage.length]).toEqual(["", 0, 0]);
  });

  it("comes back when the step that sent it is taken back", async () => {
    await keepDraft(REPLY, { note: "sent too soon", unit: "" });

    const again = open();
    await settled();

    expect(again.values.value.note).toBe("sent too soon");
    expect(server.saves).toBe(1);
  });
});
