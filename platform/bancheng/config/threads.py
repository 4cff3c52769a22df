"""Django's HTTP side in a fixed pool of threads, beside the sockets' loop.

What a2wsgi does, but an answer that is all there goes back to the loop in one piece: handing over
its head, its body and its end one by one makes thread and loop wait for each other three times.
"""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any

from a2wsgi.wsgi import Body, build_environ

Message = dict[str, Any]


class Threads:
    """An ASGI application for HTTP around a WSGI one. Bodies of requests are read when asked for,
    streamed answers are sent piece by piece, each when the one before it has gone."""

    def __init__(self, application: Any, *, workers: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="http")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        loop = asyncio.get_running_loop()
        answer = _Answer(loop, send)
        environ = build_environ(scope, Body(loop, receive))
        make = partial(copy_context().run, answer.make, self._application, environ)
        for message in await loop.run_in_executor(self._pool, make):
            await send(message)


class _Answer:
    """One answer on its way; all but `__init__` runs in the thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Any) -> None:
        self._loop, self._send = loop, send
        self._head: Message = {}

    def make(self, application: Any, environ: Any) -> list[Message]:
        """What is left to send when the application is done."""
        content = application(environ, self._begin)
        try:
            if not getattr(content, "streaming", True):
                return [self._head, _body(b"".join(content))]
            self._stream(content)
            return [_body(b"")]
        finally:
            getattr(content, "close", lambda: None)()

    def _begin(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        named = [(name.lower().encode("latin1"), said.encode("latin1")) for name, said in headers]
        self._head = {
            "type": "http.response.start",
            "status": int(status.partition(" ")[0]),
            "headers": named,
        }

    def _stream(self, content: Iterable[bytes]) -> None:
        self._now(self._head)
        for piece in content:
            self._now(_body(piece, more=True))

    def _now(self, message: Message) -> None:
        asyncio.run_coroutine_threadsafe(self._send(message), self._loop).result()


def _body(piece: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": more}
