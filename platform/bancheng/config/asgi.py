"""One process for HTTP and sockets: Django's WSGI handler in eight threads, Channels beside it.

Half the work per request of Django's own ASGI handler, and persistent database connections are
safe because the threads stay (runtime.md).
"""

import gc
from typing import Any

from bancheng.config.environment import use_settings

use_settings()

from channels.db import database_sync_to_async  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

handler: Any = get_wsgi_application()

import bancheng.config.celery  # noqa: E402, F401  pokes go to its broker
from bancheng.config import self_check  # noqa: E402
from bancheng.config.live.hub import Hub  # noqa: E402
from bancheng.config.live.sockets import Sockets  # noqa: E402
from bancheng.config.threads import Threads  # noqa: E402


class Lifespan:
    """Refuse to serve what self_check finds unsafe; the hub lives as long as the process serves."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        faults = await database_sync_to_async(self_check.faults)()
        if faults:
            text = "; ".join(f"{fault.code}: {fault.text}" for fault in faults)
            await send({"type": "lifespan.startup.failed", "message": text})
            return
        await self._hub.start()
        gc.collect()
        gc.freeze()  # what is loaded now stays: nobody needs to look through it again and again
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._hub.stop()
        await send({"type": "lifespan.shutdown.complete"})


def serve(hub: Hub) -> ProtocolTypeRouter:
    """The whole of a process, around one hub."""
    http = Threads(handler, workers=8)
    return ProtocolTypeRouter({"http": http, "websocket": Sockets(hub), "lifespan": Lifespan(hub)})


application = serve(Hub(settings.REDIS_URL))
