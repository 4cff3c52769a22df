import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, onEventSeq, onSessionLost, rememberCsrf } from "@/shared/api/client";
import { ApiError } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";

type Sent = { url: string; headers: Headers; method: string; body: string | undefined };
let sent: Sent[];
let answers: (() => Response | Promise<Response>)[];

const ok = (body: unknown, headers: Record<string, string> = {}, status = 200) => () =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
const problem = (status: number, body: object) => ok(body, { "Content-Type": "application/problem+json" }, status);
const lost = () => Promise.reject(new TypeError("Failed to fetch"));
const keys = (): (string | null)[] => sent.map((one) => one.headers.get("Idempotency-Key"));

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answers = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push({ url, headers: init.headers as Headers, method: init.method ?? "", body: init.body as string | undefined });
    return (answers.shift() ?? ok({}))();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function finish<T>(call: Promise<T>): Promise<T | ApiError> {
  const settled = call.catch((error: unknown) => error as ApiError);
  await vi.runAllTimersAsync();
  return settled;
}

describe("writes", () => {
  it("keep one idempotency key while the network fails", async () => {
    answers = [lost, () => new Response("", { status: 503 }), ok({ id: "c1" })];

    const answer = await finish(api.post("cases/c1/sign", {}, { intent: new Intent(), version: 3 }));

    expect(answer).toEqual({ id: "c1" });
    expect(sent).toHaveLength(3);
    expect(new Set(keys()).size).toBe(1);
  });

  it("keep the key when the person presses again after no answer came", async () => {
    const intent = new Intent();
    answers = [lost, lost, lost, ok({})];

    const first = await finish(api.post("cases/c1/sign", {}, { intent }));
    await finish(api.post("cases/c1/sign", {}, { intent }));

    expect(first).toMatchObject({ code: "network" });
    expect(new Set(keys()).size).toBe(1);
  });

  it("take a new key for other words, after success and after a refusal", async () => {
    const intent = new Intent();
    answers = [ok({}), ok({}), problem(412, { code: "stale_version" }), ok({})];

    await finish(api.post("x", { note: "a" }, { intent }));
    await finish(api.post("x", { note: "b" }, { intent }));
    await finish(api.post("x", { note: "b" }, { intent }));
    await finish(api.post("x", { note: "b" }, { intent }));

    expect(new Set(keys()).size).toBe(4);
  });

  it("name the version they act upon and the CSRF token", async () => {
    rememberCsrf("token-7");

    await finish(api.post("cases/c1/dispatch", { lead_unit: "d1" }, { intent: new Intent(), version: 7 }));

    expect(sent[0]?.headers.get("If-Match")).toBe('"v7"');
    expect(sent[0]?.headers.get("X-CSRFToken")).toBe("token-7");
    expect(sent[0]?.url).toBe("/api/v1/cases/c1/dispatch");
  });

  it("are not repeated without a key", async () => {
    answers = [lost, ok({})];

    const answer = await finish(api.post("session", { username: "a", password: "b" }));

    expect(answer).toBeInstanceOf(ApiError);
    expect(sent).toHaveLength(1);
  });
});

describe("answers", () => {
  it("that refuse carry code, parameters and what is allowed instead", async () => {
    answers = [problem(409, { status: 409, code: "cases.step_not_allowed", params: { state: "triaged", step: "sign" }, allowed: ["dispatch"] })];

    const error = (await finish(api.post("cases/c1/sign", {}, { intent: new Intent() }))) as ApiError;

    expect([error.status, error.code, error.params.state, error.allowed]).toEqual([409, "cases.step_not_allowed", "triaged", ["dispatch"]]);
  });

  it("tell how new they are per topic, also for topics with a colon", async () => {
    const seen: [string, number][] = [];
    onEventSeq((topic, seq) => seen.push([topic, seq]));
    answers = [ok({}, { "X-Event-Seq": "desk=12, case:0b1c=4" })];

    await finish(api.get("cases/0b1c"));

    expect(seen).toEqual([["desk", 12], ["case:0b1c", 4]]);
  });

  it("without a body are null, and blank filters are left out of the address", async () => {
    answers = [() => new Response(null, { status: 204 })];

    const answer = await finish(api.get("cases", { state: "", q: "a b", limit: 5, cursor: undefined }));

    expect(answer).toBeNull();
    expect(sent[0]?.url).toBe("/api/v1/cases?q=a+b&limit=5");
  });

  it("401 anywhere but at sign-in says that the session is over", async () => {
    const over = vi.fn();
    onSessionLost(over);
    answers = [problem(401, { code: "unauthenticated" }), problem(401, { code: "session.bad_credentials" })];

    await finish(api.get("cases"));
    await finish(api.post("session", {}));

    expect(over).toHaveBeenCalledOnce();
  });
});
