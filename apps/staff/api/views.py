"""View classes: a read, and a command that has one effect per Idempotency-Key."""

from typing import Any, cast
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bancheng.kernel.actor import Actor
from bancheng.kernel.api.openapi import Declared
from bancheng.services.idempotency.once import once

_NOBODY = UUID(int=0)


class HallView(Declared, APIView):
    """A view in the hall of the request's host; `actor` is who asks.

    Without metadata: OPTIONS is a method like any other that is not offered.
    """

    request: Request
    metadata_class = None

    @property
    def actor(self) -> Actor:
        """The signed-in actor; views open to all must not ask."""
        return cast(Actor, self.request.user)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer: Response = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer


class CommandView(HallView):
    """POST that creates or moves. Subclasses write `act`."""

    keyed = True

    def post(self, request: Request, **kwargs: Any) -> Response:
        owner = self.actor.post_id or _NOBODY
        return once(request, owner, lambda: self.act(request, **kwargs))

    def act(self, request: Request, **kwargs: Any) -> Response:
        """Parse, call one service, render."""
        raise TypeError(f"{type(self).__name__} has no act")
