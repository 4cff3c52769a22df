"""People at real browsers: cookies, CSRF, versions and keys over real HTTP."""

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx
from django.conf import settings

from bancheng.kernel.hall import HallRef
from tests.support.people import PASSWORD
from tests.support.servers import PATIENCE, PLAIN, Site
from tests.support.sockets import Address

Body = Mapping[str, Any]


@dataclass
class Visitor:
    """One browser at one hall's host. `unanswered` counts commands that a fault cut off, `slowest`
    is the longest wait for the answer to one, in seconds."""

    site: Site
    ref: HallRef
    host: str = ""
    unanswered: int = 0
    refused_for_now: int = 0
    calls: int = 0
    slowest: float = 0.0
    http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.site.port}",
            headers={"Host": f"{self.host or self.ref.host}:{self.site.port}"},
            timeout=30.0,
            verify=PLAIN,
            trust_env=False,
        )

    async def __aenter__(self) -> "Visitor":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.aclose()

    async def sign_in(self, username: str) -> dict[str, Any]:
        """As the login page does it: the CSRF token first."""
        await self._adopt(await self.http.get("/api/v1/session"))
        given = {"username": username, "password": PASSWORD}
        answer = await self.http.post("/api/v1/session", json=given)
        return await self._adopt(answer)

    async def _adopt(self, answer: httpx.Response) -> dict[str, Any]:
        session: dict[str, Any] = body_of(answer, 200)
        self.http.headers["X-CSRFToken"] = session["csrf"]
        return session

    def socket_headers(self) -> dict[str, str]:
        """What this browser's socket shows of itself."""
        key = self.http.cookies[settings.SESSION_COOKIE_NAME]
        return Address(self.site.port).cookie(self.ref, key)

    async def ask(self, path: str, **query: Any) -> httpx.Response:
        """One GET below /api/v1/."""
        return await self.http.get(f"/api/v1/{path}", params=query or None)

    async def get(self, path: str, **query: Any) -> Any:
        """The body of a GET that is answered with 200."""
        return body_of(await self.ask(path, **query), 200)

    async def send(
        self, path: str, body: Body | None = None, *, version: int | None = None, key: str = ""
    ) -> httpx.Response:
        """One POST, with a fresh key unless one is given."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"v{version}"'
        answer = await self.http.post(f"/api/v1/{path}", json=dict(body or {}), headers=headers)
        self.calls += 1
        self.slowest = max(self.slowest, answer.elapsed.total_seconds())
        return answer

    async def post(
        self, path: str, body: Body | None = None, *, version: int | None = None, status: int = 200
    ) -> Any:
        """The body of a POST that is answered as expected."""
        return body_of(await self.send(path, body, version=version), status)

    async def step(self, case: Body, verb: str, body: Body | None = None, status: int = 200) -> Any:
        """One step of a case as it was last seen."""
        path = f"cases/{case['id']}/{verb}"
        return await self.post(path, body, version=case["version"], status=status)

    async def insist(
        self, path: str, body: Body | None = None, *, version: int | None = None
    ) -> httpx.Response:
        """One effect, asked for under one key until the answer is more than "later"."""
        key = uuid.uuid4().hex
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    answer = await self.send(path, body, version=version, key=key)
                except httpx.TransportError:
                    self.unanswered += 1
                    await asyncio.sleep(0.05)
                    continue
                if answer.status_code != 503 and code_of(answer) != "busy":
                    return answer
                self.refused_for_now += 1
                await asyncio.sleep(0.05)


def body_of(answer: httpx.Response, status: int) -> Any:
    """The JSON body of an answer with this status; fails with the answer's own words."""
    request = answer.request
    told = f"{request.method} {request.url.path} → {answer.status_code} {answer.text[:600]}"
    assert answer.status_code == status, told
    return answer.json() if answer.content else None


def code_of(answer: httpx.Response) -> str:
    """The code of a problem answer; empty for any other."""
    if not answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return ""
    return str(answer.json()["code"])
