"""W7: processor time per delivered frame, 200 sockets in one process (performance.md D3, §8).

Three ways of the same frame to the same sockets, in turns in one run: `raw` awaits each socket's
send in a loop and is the floor; `hub` goes the whole way from a hint as Valkey delivers it;
`task` is the usual way of one task per socket, which the hub has to beat.

Run by hand: `python -m tests.benchmarks.w7_live`.
"""

import asyncio
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

SOCKETS = 200
ROUNDS = 50
BLOCKS = 7
PATIENCE = 60.0
ROOT = Path(__file__).resolve().parents[2]


def run() -> dict[str, Any]:
    """Microseconds of the server's processor time per delivered frame, medians of seven blocks."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "tests.benchmarks.w7_live", "serve", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"BANCHENG_SETTINGS": "test", "PYTHONPATH": "platform"}
    )
    try:
        return asyncio.run(_measure(port))
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


async def _measure(port: int) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE), contextlib.AsyncExitStack() as opened:
        control = await opened.enter_async_context(await _opened(port, "control"))
        counts = [0]
        for _ in range(SOCKETS):
            page = await opened.enter_async_context(await _opened(port, "page"))
            opened.callback(asyncio.create_task(_count(page, counts)).cancel)
        found: dict[str, list[float]] = {"raw": [], "hub": [], "task": []}
        for _ in range(BLOCKS):
            for way, times in found.items():
                await control.send(way)
                times.append(json.loads(await control.recv())["us"])
        expected = BLOCKS * len(found) * ROUNDS * SOCKETS
        while counts[0] < expected:
            await asyncio.sleep(0.01)
    medians = {way: statistics.median(times) for way, times in found.items()}
    return {
        "sockets": SOCKETS,
        "frames": expected,
        "lost": expected - counts[0],
        **{f"{way}_us_per_frame": round(us, 2) for way, us in medians.items()},
        "hub_to_raw": round(medians["hub"] / medians["raw"], 2),
    }


async def _opened(port: int, path: str) -> ClientConnection:
    """A socket to the server, which may still be starting."""
    while True:
        try:
            return await connect(f"ws://127.0.0.1:{port}/{path}", compression=None, proxy=None)
        except OSError:
            await asyncio.sleep(0.05)


async def _count(page: ClientConnection, counts: list[int]) -> None:
    async for _ in page:
        counts[0] += 1


class Server:
    """An ASGI application: `/page` hears, `/control` starts a block and answers its figure."""

    def __init__(self) -> None:
        from tests.live.memory import MemoryLog, quiet_hub

        self.log = MemoryLog()
        self.hub = quiet_hub(self.log)
        self.sends: list[Callable[[Any], Awaitable[None]]] = []
        self.written = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await (self._page if scope["path"] == "/page" else self._control)(receive, send)

    async def _page(self, receive: Any, send: Any) -> None:
        from bancheng.config.live.mailbox import Mailbox
        from tests.live.memory import HALL

        async def counted(message: Any) -> None:
            await send(message)
            self.written += 1

        mailbox = Mailbox(counted, self.log)
        stream = await self.hub.join(HALL, "desk", mailbox)
        mailbox._at[stream] = stream.newest
        self.sends.append(counted)
        pump = asyncio.create_task(mailbox.run())
        while (await receive())["type"] != "websocket.disconnect":
            pass
        pump.cancel()

    async def _control(self, receive: Any, send: Any) -> None:
        ways = {"raw": self._raw, "hub": self._hub, "task": self._tasks}
        while (said := await receive())["type"] == "websocket.receive":
            us = await self._block(ways[said["text"]])
            await send({"type": "websocket.send", "text": json.dumps({"us": us})})

    async def _block(self, way: Callable[[bytes], Awaitable[None]]) -> float:
        self.written, began = 0, time.process_time()
        for number in range(1, ROUNDS + 1):
            await way(self._hint())
            while self.written < number * len(self.sends):
                await asyncio.sleep(0)
        return (time.process_time() - began) / self.written * 1e6

    def _hint(self) -> bytes:
        """A hint as the writer publishes it: a frame of about 196 bytes."""
        _, topic, seq, message = self.log.write("desk")
        frame = json.loads(message["text"]) | {
            "at": "2026-11-22T02:00:00.000000+00:00",
            "kind": "case.dispatched",
            "ref": "01a20124-8b01-7a39-b00d-c1bc1ce10313",
            "version": 7,
            "data": {},
            "actor": "王敏",
            "cid": "",
        }
        hint = {"topic": topic, "seq": seq, "frame": frame}
        return json.dumps(hint, ensure_ascii=False, separators=(",", ":")).encode()

    async def _hub(self, hint: bytes) -> None:
        from bancheng.config.live.feed import read_hint

        self.hub.hint(*read_hint(b"live:h_test", hint))

    async def _raw(self, hint: bytes) -> None:
        from bancheng.config.live.feed import read_hint

        schema, topic, seq, message = read_hint(b"live:h_test", hint)
        self._skip(schema, topic, seq)
        for send in self.sends:
            await send(message)

    async def _tasks(self, hint: bytes) -> None:
        from bancheng.config.live.feed import read_hint

        schema, topic, seq, message = read_hint(b"live:h_test", hint)
        self._skip(schema, topic, seq)
        await asyncio.gather(*(asyncio.ensure_future(send(message)) for send in self.sends))

    def _skip(self, schema: str, topic: str, seq: int) -> None:
        """Let the hub believe it passed this number on already."""
        stream = self.hub._streams[schema, topic]
        stream.head = stream.told = seq
        for mailbox in stream.listeners:
            mailbox._at[stream] = seq  # type: ignore[attr-defined]


def serve(port: int) -> None:
    """One uvicorn process with the limits of production."""
    import django
    import uvicorn

    from bancheng.config.environment import use_settings

    use_settings()
    django.setup()
    uvicorn.run(
        Server(),
        port=port,
        lifespan="off",
        log_level="warning",
        ws_max_queue=8,
        ws_per_message_deflate=False,
        access_log=False,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    else:
        print(json.dumps(run(), indent=2))
