"""A real server in the test's own loop, and pages that listen to it as the front end does."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from apps.staff import authentication
from apps.staff import services as staff
from bancheng.config.live.database import in_thread
from bancheng.config.live.hub import Hub, Pace
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log
from bancheng.services.live.log import Change
from tests.support.people import staff_in

PATIENCE = 30.0
BRISK = Pace(sweep=0.5, poll=0.1, trial=2.0)


async def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for a condition; fails when it does not come true in time."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


@in_thread
def publish(ref: HallRef, topics: Iterable[str], change: Change) -> dict[str, int]:
    """One committed change, as a service makes it."""
    with hall(ref), transaction.atomic():
        return log.publish(topics, change)


@in_thread
def signed_in(ref: HallRef, *roles: Role) -> tuple[Actor, str]:
    """A new person of the hall and the value of their session cookie."""
    actor = staff_in(ref, *roles)
    assert actor.post_id is not None
    with hall(ref):
        session = SessionStore()
        authentication.begin(session, actor.post_id)
        session.save()
    assert session.session_key is not None
    return actor, session.session_key


@in_thread
def paired(ref: HallRef) -> str:
    """The secret of a new display of the hall."""
    with hall(ref):
        return staff.pair_device(name="大厅屏", kind="display", by=SYSTEM)


@dataclass(slots=True)
class Address:
    """Where a test's server listens."""

    port: int

    def cookie(self, ref: HallRef, session_key: str) -> dict[str, str]:
        """The headers of a browser page of the hall."""
        cookie = f"{settings.SESSION_COOKIE_NAME}={session_key}"
        return {"Cookie": cookie, "Origin": f"http://{ref.host}:{self.port}"}

    def bearer(self, secret: str) -> dict[str, str]:
        """The headers of a program."""
        return {"Authorization": f"Bearer {secret}"}

    async def open(self, host: str, headers: dict[str, str]) -> ClientConnection:
        """A socket; raises InvalidStatus when it is refused before it opens."""
        given = dict(headers)
        return await connect(
            f"ws://{host}:{self.port}/ws/live/",
            host="127.0.0.1",
            port=self.port,
            origin=given.pop("Origin", None),  # type: ignore[arg-type]
            additional_headers=given,
            compression=None,
            ping_interval=None,
            proxy=None,
        )


@asynccontextmanager
async def serving(
    *, port: int = 0, url: str | None = None, pace: Pace = BRISK
) -> AsyncIterator[Address]:
    """The application in uvicorn, on 127.0.0.1, with the limits that production has."""
    from bancheng.config.asgi import serve

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    server = uvicorn.Server(
        uvicorn.Config(
            serve(Hub(url or settings.REDIS_URL, pace=pace)),
            lifespan="on",
            ws_max_size=65536,
            ws_max_queue=8,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=2,
            log_level="warning",
        )
    )
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await until(lambda: server.started or running.done())
        yield Address(listener.getsockname()[1])
    finally:
        server.should_exit = True
        async with asyncio.timeout(PATIENCE):
            await running
        listener.close()


@dataclass(slots=True)
class Page:
    """Keeps count of topics as the page does: applies the next, drops the old, asks at a hole."""

    address: Address
    host: str
    headers: dict[str, str]
    topics: dict[str, int | None]
    epoch: str | None = None
    applied: dict[str, list[int]] = field(default_factory=dict)
    resets: list[str] = field(default_factory=list)
    degraded: list[bool] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    holes: int = 0
    connects: int = 0
    kills: int = 0
    closed: tuple[int, str] | None = None
    socket: ClientConnection | None = None
    stopped: bool = False

    async def run(self) -> None:
        """Listen and come back after every break, until stopped or sent away for good."""
        while not self.stopped:
            try:
                self.socket = await self.address.open(self.host, self.headers)
                self.connects += 1
                await self.hello()
                async for text in self.socket:
                    await self.hear(json.loads(text))
                self.closed = (self.socket.close_code or 1006, self.socket.close_reason or "")
            except ConnectionClosed as end:
                code = end.rcvd.code if end.rcvd else 1006
                self.closed = (code, end.rcvd.reason if end.rcvd else "")
            except (OSError, InvalidStatus, TimeoutError):
                await asyncio.sleep(0.02)
            if self.closed and 4400 <= self.closed[0] < 4500:
                return

    async def hello(self) -> None:
        """Name all topics with what was applied of them."""
        await self.say({"t": "hello", "v": 1, "epoch": self.epoch, "topics": self.topics})

    async def say(self, frame: object) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps(frame))

    async def hear(self, frame: dict[str, Any]) -> None:
        self.seen.append(frame)
        match frame["t"]:
            case "ready":
                self.epoch = frame["epoch"]
            case "degraded":
                self.degraded.append(frame["on"])
            case "sub":
                if self.topics[frame["topic"]] is None:
                    self.topics[frame["topic"]] = frame["seq"]
            case "reset":
                self.topics[frame["topic"]] = frame["seq"]
                self.resets.append(frame["topic"])
            case "ev":
                await self.event(frame["topic"], frame["seq"])

    async def event(self, topic: str, seq: int) -> None:
        last = self.topics[topic]
        if last is not None and seq <= last:
            return
        if last is not None and seq > last + 1:
            self.holes += 1
            await self.say({"t": "replay", "topic": topic, "since": last})
            return
        self.topics[topic] = seq
        self.applied.setdefault(topic, []).append(seq)

    def kill(self) -> None:
        """Tear the line without a word."""
        self.kills += 1
        if self.socket is not None:
            self.socket.transport.abort()


@asynccontextmanager
async def listening(
    address: Address, ref: HallRef, headers: dict[str, str], topics: Iterable[str]
) -> AsyncIterator[Page]:
    """A page that hears the topics from now on; it has been answered when the block begins."""
    page = Page(address, ref.host, headers, dict.fromkeys(topics))
    running = asyncio.create_task(page.run())
    try:
        await until(
            lambda: page.closed is not None or None not in page.topics.values() or running.done()
        )
        yield page
    finally:
        page.stopped = True
        page.kill()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def ending(connection: ClientConnection) -> tuple[int, str]:
    """The code and the reason with which the server closes a socket."""
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionClosed):
            async for _ in connection:
                pass
    assert connection.close_code is not None
    return connection.close_code, connection.close_reason or ""
