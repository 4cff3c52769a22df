/**
 * One file on its way. `fetch` cannot say how much was sent, so this is the one place that still
 * asks with an XMLHttpRequest; the body is the file itself, its name travels in a header.
 */
import { BASE, csrfToken } from "./client";
import { ApiError, NetworkError, type Problem } from "./errors";
import type { Intent } from "./intent";

export interface Way { personal?: boolean; intent: Intent; told: (share: number) => void }

export function upload(path: string, file: File, way: Way): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${BASE}${path}${way.personal ? "?personal=true" : ""}`);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Idempotency-Key", way.intent.keyFor([file.name, file.size, file.lastModified, way.personal === true]));
    request.upload.onprogress = (event) => way.told(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => fail(new NetworkError());
    request.onload = () => {
      if (request.status < 300) return done();
      if (request.status < 500) way.intent.done();
      fail(new ApiError(request.status, problemIn(request.responseText)));
    };
    request.send(file);
  });
}

function problemIn(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return {};
  }
}
