"""View classes: a read, and a command that has one effect per Idempotency-Key."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bancheng.kernel.actor import Actor
from bancheng.kernel.api.openapi import Declared
from bancheng.services.idempotency.once import once

_NOBODY = UUID(int=0)
_ANYTHING, _JSON = "*/*", "application/json"
_OURS = frozenset({_ANYTHING, _JSON})
Beside = Callable[[Request, Actor], None]
_beside: list[Beside] = []


def with_the_command(do: Beside) -> Beside:
    """Register what happens beside every command, in its transaction, when it was not refused."""
    _beside.append(do)
    return do


class HallView(Declared, APIView):
    """A view in the hall of the request's host; `actor` is who asks.

    Without metadata: OPTIONS is a method like any other that is not offered.
    """

    request: Request
    metadata_class = None
    before_change = False
    """Whether it answers a person whose password must be changed first."""

    @property
    def actor(self) -> Actor:
        """The signed-in actor; views open to all must not ask."""
        return cast(Actor, self.request.user)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """There is one kind of answer; whoever asks for it in so many words, or for anything, gets
        it without further ado."""
        if request.headers.get("Accept", _ANYTHING) in _OURS and len(self.renderer_classes) == 1:
            return self.renderer_classes[0](), _JSON
        return super().perform_content_negotiation(request, force)

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
        return once(request, owner, lambda: self._whole(request, **kwargs))

    def _whole(self, request: Request, **kwargs: Any) -> Response:
        answer = self.act(request, **kwargs)
        for do in _beside:
            do(request, self.actor)
        return answer

    def act(self, request: Request, **kwargs: Any) -> Response:
        """Parse, call one service, render."""
        raise TypeError(f"{type(self).__name__} has no act")
