"""A signed-in page of one hall, as cheap as a client can be: one kept connection, plain JSON."""

import http.client
import json
import time
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

PATIENCE = 30.0
_IDLE_SECONDS = 3.0  # the server closes a line that was idle for five


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `version` is that of the entity tag."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def version(self) -> int:
        return int(self.headers["etag"].strip('"v'))


class WrongAnswer(AssertionError):
    """An operation did not do what it should: its measurement is void."""


class Browser:
    """Sends what the front end sends: session cookie, CSRF header, Origin, Idempotency-Key."""

    def __init__(self, port: int, host: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers = {
            "Host": f"{host}:{port}",
            "Origin": f"http://{host}:{port}",
            "Accept": "application/json",
        }
        self._used = time.monotonic()
        self.cookies: dict[str, str] = {}

    def sign_in(self, username: str, password: str) -> None:
        body = {"username": username, "password": password}
        answer = self.send("POST", "session", body, expect=200)
        self._headers["X-CSRFToken"] = answer.body["csrf"]

    def get(self, path: str) -> Answer:
        return self.send("GET", path, None, expect=200)

    def post(
        self, path: str, body: object, *, expect: int = 200, version: int | None = None
    ) -> Answer:
        return self.send("POST", path, body, expect=expect, version=version)

    def send(
        self, method: str, path: str, body: object, *, expect: int, version: int | None = None
    ) -> Answer:
        """One request; raises WrongAnswer for any other status."""
        headers = dict(self._headers)
        raw = None
        if method != "GET":
            raw = json.dumps(body).encode()
            headers |= {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"v{version}"'
        if time.monotonic() - self._used > _IDLE_SECONDS:
            self._line.close()
        self._line.request(method, f"/api/v1/{path}", raw, headers)
        response = self._line.getresponse()
        content = response.read()
        self._used = time.monotonic()
        if response.status != expect:
            raise WrongAnswer(f"{method} {path}: {response.status} {content[:400]!r}")
        self._keep(response)
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, json.loads(content) if content else None, found)

    def _keep(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        if self.cookies:
            pairs = (f"{name}={value}" for name, value in self.cookies.items())
            self._headers["Cookie"] = "; ".join(pairs)
