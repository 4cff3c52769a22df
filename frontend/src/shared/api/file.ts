/** A file that the server writes while it is read: how much has come is told, and it can be stopped. */
import { BASE, csrfToken, problemOf } from "./client";
import { NetworkError } from "./errors";

export interface Arrived { name: string; blob: Blob }

/** Rejects with `ApiError` for a refusal, with `AbortError` when it was stopped. */
export async function fetchFile(path: string, body: unknown, came: (bytes: number) => void, signal: AbortSignal): Promise<Arrived> {
  const response = await begun(path, body, signal);
  if (!response.ok) throw await problemOf(response);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body!.getReader();
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    came((size += value.byteLength));
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "ledger";
  return { name, blob: new Blob(pieces, { type: response.headers.get("Content-Type") ?? "" }) };
}

async function begun(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
  try {
    return await fetch(BASE + path, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NetworkError();
  }
}

/** Hand a file that came to the person. */
export function keep({ name, blob }: Arrived): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
