/** An answer that says no: RFC 9457 problem with our stable code and parameters. */
import { has, translate, type Params } from "../i18n";

export interface Problem {
  status?: number;
  code?: string;
  params?: Record<string, unknown>;
  allowed?: string[];
}

export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Record<string, unknown>;
  readonly allowed: string[];

  constructor(status: number, problem: Problem = {}) {
    super(problem.code ?? `http_${status}`);
    this.name = "ApiError";
    this.status = status;
    this.code = problem.code ?? `http_${status}`;
    this.params = problem.params ?? {};
    this.allowed = problem.allowed ?? [];
  }

  /** Codes per field of a 422 `invalid`. */
  get fields(): Record<string, string[]> {
    const errors = this.params.errors;
    return typeof errors === "object" && errors !== null ? (errors as Record<string, string[]>) : {};
  }

  get isStale(): boolean {
    return this.status === 412;
  }
}

/** The request did not reach the server, or no answer came back. */
export class NetworkError extends ApiError {
  constructor() {
    super(0, { code: "network" });
  }
}

function plain(params: Record<string, unknown>): Params {
  const entries = Object.entries(params).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return Object.fromEntries(entries) as Params;
}

/** Words for a person, in their language; an unknown code is shown as such. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return translate("error.unexpected");
  const key = `error.${error.code}`;
  if (has(key)) return translate(key, plain(error.params));
  const general = `error.http_${error.status}`;
  if (has(general)) return translate(general, { code: error.code });
  return translate("error.unknown", { code: error.code });
}
