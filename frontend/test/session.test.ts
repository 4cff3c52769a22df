import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useSession } from "@/staff/session";

const answer = (body: object): Response => new Response(JSON.stringify(body), { status: 200, headers: { "Content-Type": "application/json" } });
const HALL = { id: "h", name: "滨河", network: "云江", level: "street" };
const IN = { authenticated: true, now: "2026-03-02T10:00:00+08:00", csrf: "a", hall: HALL, permissions: ["cases.read"], post: { id: "p", name: "王", roles: ["desk_officer"], department: null } };
const OUT = { authenticated: false, now: "2026-03-02T10:01:00+08:00", csrf: "b", hall: HALL, permissions: [] };

describe("a session that ends elsewhere", () => {
  beforeEach(() => setActivePinia(createPinia()));

  it("keeps the page behind the sign-in", async () => {
    const fetched = vi.fn().mockResolvedValueOnce(answer(IN)).mockResolvedValueOnce(answer(OUT)).mockResolvedValueOnce(answer(IN));
    vi.stubGlobal("fetch", fetched);
    const session = useSession();
    await session.load();
    await session.load();
    expect([session.signedIn, session.expired, session.post?.id]).toEqual([true, true, "p"]);
    await session.load();
    expect([session.signedIn, session.expired]).toEqual([true, false]);
    vi.unstubAllGlobals();
  });

  it("is no loss for somebody who was not there", async () => {
    vi.stubGlobal("fetch", vi.fn().mockResolvedValue(answer(OUT)));
    const session = useSession();
    await session.load();
    expect([session.signedIn, session.expired]).toEqual([false, false]);
    vi.unstubAllGlobals();
  });
});
