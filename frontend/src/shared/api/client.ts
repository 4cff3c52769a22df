/**
 * The one way to the REST API: session cookie, CSRF, problem+json, `If-Match`, one
 * `Idempotency-Key` per intent (kept over retries) and `X-Event-Seq`.
 */
import { boot } from "../boot";
import { ApiError, NetworkError, type Problem } from "./errors";
import type { Intent } from "./intent";

export const BASE = "/api/v1/";
const RUNNING = "idempotency.running";
const RETRY_STATUS = new Set([502, 503, 504]);
const RETRY_WAIT_MS = [400, 1200];
const TIMEOUT_MS = 20_000;

type Query = Record<string, string | number | boolean | null | undefined>;
export interface CallOptions {
  query?: Query;
  body?: unknown;
  intent?: Intent;
  version?: number;
  signal?: AbortSignal;
  /** The draft that this command sends: gone in the same transaction. */
  draft?: string | null;
  /** Let the request outlive its page. */
  keepalive?: boolean;
}

let sessionCsrf = "";
let seqListener: (topic: string, seq: number) => void = () => undefined;
let lostSession: () => void = () => undefined;

/** The token in the session answer, for a deployment whose CSRF cookie is HttpOnly. */
export function rememberCsrf(token: string): void {
  sessionCsrf = token;
}
export function onEventSeq(listener: (topic: string, seq: number) => void): void {
  seqListener = listener;
}
export function onSessionLost(listener: () => void): void {
  lostSession = listener;
}

/** Read per request: Django rotates the token at login (frontend.md §5.5). */
export function csrfToken(): string {
  const start = `${boot.csrfCookie}=`;
  const cookie = document.cookie.split(/;\s*/).find((one) => one.startsWith(start));
  return cookie ? decodeURIComponent(cookie.slice(start.length)) : sessionCsrf;
}

function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const tail = search.toString();
  return BASE + path + (tail ? `?${tail}` : "");
}

function headersFor(method: string, options: CallOptions): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (method !== "GET") headers.set("X-CSRFToken", csrfToken());
  if (options.intent) headers.set("Idempotency-Key", options.intent.keyFor(options.body));
  if (options.draft) headers.set("Draft", options.draft);
  if (options.version !== undefined) headers.set("If-Match", `"v${options.version}"`);
  return headers;
}

function noteSeq(response: Response): void {
  const header = response.headers.get("X-Event-Seq");
  for (const pair of header ? header.split(",") : []) {
    const at = pair.lastIndexOf("=");
    const seq = Number(pair.slice(at + 1));
    if (at > 0 && Number.isFinite(seq)) seqListener(pair.slice(0, at).trim(), seq);
  }
}

export async function problemOf(response: Response): Promise<ApiError> {
  let problem: Problem = {};
  try {
    problem = (await response.json()) as Problem;
  } catch {
    problem = {};
  }
  return new ApiError(response.status, problem);
}

async function once(method: string, path: string, options: CallOptions): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  const forward = (): void => stop.abort();
  options.signal?.addEventListener("abort", forward);
  try {
    return await fetch(address(path, options.query), {
      method,
      headers: headersFor(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: "same-origin",
      keepalive: options.keepalive,
      signal: stop.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new NetworkError();
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", forward);
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A write is repeated only under its idempotency key; a plain read is left to its caller. */
async function withRetry(method: string, path: string, options: CallOptions): Promise<Response> {
  const waits = options.intent ? RETRY_WAIT_MS : [];
  for (let attempt = 0; ; attempt += 1) {
    const wait = waits[attempt];
    try {
      const response = await once(method, path, options);
      if (wait === undefined || !RETRY_STATUS.has(response.status)) return response;
    } catch (error) {
      if (wait === undefined || !(error instanceof NetworkError)) throw error;
    }
    await pause(wait);
  }
}

/** The parsed answer; `null` for 204. Throws `ApiError` for every refusal. */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await withRetry(method, path, options);
  if (!response.ok) {
    const error = await problemOf(response);
    if (response.status === 401 && !path.startsWith("session") && !path.startsWith("portal")) lostSession();
    // A refusal changed nothing: pressing again is a new intent. Without a clear answer the key stays.
    if (response.status < 500 && error.code !== RUNNING) options.intent?.done();
    throw error;
  }
  noteSeq(response);
  options.intent?.done();
  return (response.status === 204 ? null : await response.json()) as T;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> => call<T>("GET", path, { query, signal }),
  post: <T>(path: string, body: unknown, options: Omit<CallOptions, "body"> = {}): Promise<T> =>
    call<T>("POST", path, { ...options, body }),
  delete: (path: string): Promise<null> => call<null>("DELETE", path),
};
