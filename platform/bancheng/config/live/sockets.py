"""The door of all sockets: path, origin, hall; then the consumer takes over in that hall."""

from typing import Any

from bancheng.config.live import frames
from bancheng.config.live.buckets import Places
from bancheng.config.live.consumer import LiveConsumer
from bancheng.config.live.database import in_thread
from bancheng.config.live.handshake import Handshake
from bancheng.config.live.hub import Hub
from bancheng.kernel.hall import hall
from tenants import directory

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
        ref = await _by_host(shown.host_name)
        if ref is None:
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": frames.UNKNOWN_HALL})
            return
        with hall(ref):
            consumer = LiveConsumer(self._hub, self._places, shown)
            await consumer(scope, _again(receive), send)


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
