"""One process for HTTP and sockets: Django's WSGI handler in eight threads, Channels beside it.

Half the work per request of Django's own ASGI handler, and persistent database connections are
safe because the threads stay (runtime.md).
"""

from typing import Any

from bancheng.config.environment import use_settings

use_settings()

from a2wsgi import WSGIMiddleware  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

handler: Any = get_wsgi_application()
http = WSGIMiddleware(handler, workers=8)

from bancheng.config.live.hub import Hub  # noqa: E402
from bancheng.config.live.sockets import Sockets  # noqa: E402

hub = Hub(settings.REDIS_URL)


async def lifespan(scope: Any, receive: Any, send: Any) -> None:
    """The hub lives as long as the process serves."""
    await receive()
    await hub.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await hub.stop()
    await send({"type": "lifespan.shutdown.complete"})


application = ProtocolTypeRouter({"http": http, "websocket": Sockets(hub), "lifespan": lifespan})
