"""The door of all sockets: path, origin, hall; then the consumer takes over in that hall."""

import logging
from typing import Any

from django.db import OperationalError

from bancheng.config.live import frames
from bancheng.config.live.buckets import Places
from bancheng.config.live.consumer import LiveConsumer
from bancheng.config.live.database import in_thread
from bancheng.config.live.handshake import Handshake
from bancheng.config.live.hub import Hub
from bancheng.kernel.hall import hall
from tenants import directory

log = logging.getLogger(__name__)
PATH = "/ws/live/"
_by_host = in_thread(directory.by_host)


class Sockets:
    """An ASGI application for scopes of type `websocket`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._places = Places()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """A foreign page or a wrong path gets 403 and no socket; an unknown host gets 4404."""
        shown = Handshake.of(scope)
        await receive()
        if scope["path"] != PATH or not shown.same_origin:
            await send({"type": "websocket.close"})
            return
        try:
            ref = await _by_host(shown.host_name)
        except OperationalError as error:
            log.warning("database away, a socket is sent to reconnect: %s", error)
            await _turn_away(send, frames.RESTART)
            return
        if ref is None:
            await _turn_away(send, frames.UNKNOWN_HALL)
            return
        with hall(ref):
            consumer = LiveConsumer(self._hub, self._places, shown)
            await consumer(scope, _again(receive), send)


async def _turn_away(send: Any, code: int) -> None:
    """A browser only sees the close code of a socket that was open."""
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": code})


def _again(receive: Any) -> Any:
    """`receive` with the opening message, which was taken already, in front."""
    opened = False

    async def messages() -> Any:
        nonlocal opened
        if opened:
            return await receive()
        opened = True
        return {"type": "websocket.connect"}

    return messages
