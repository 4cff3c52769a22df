"""The windows and every press of a button there."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView
from apps.windows import permissions, queries, services
from apps.windows.api import setup
from apps.windows.api.headers import event_seq, version_seen, versioned
from apps.windows.api.serializers import (
    FinishIn,
    NothingIn,
    OpenIn,
    TicketOut,
    WindowNowOut,
    WindowPauseIn,
    WindowsOut,
)
from apps.windows.rules import WindowState
from apps.windows.services import Stepped
from bancheng.kernel.api.openapi import Precondition
from bancheng.services.live import log as live


class WindowsView(CommandView):
    tells_events = True

    @extend_schema(responses=WindowsOut)
    def get(self, request: Request) -> Response:
        permissions.require(self.actor, "windows.read")
        seqs = live.heads(["queue"])
        body = {"results": WindowNowOut(queries.windows(), many=True).data}
        return event_seq(Response(body), seqs)

    @extend_schema(request=setup.NewWindowIn, responses={201: WindowNowOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Set up a window; it stands closed."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return setup.add_window(request, self)


class WindowView(CommandView):
    precondition = Precondition.OPTIONAL

    @extend_schema(responses=WindowNowOut)
    def get(self, request: Request, window_id: UUID) -> Response:
        permissions.require(self.actor, "windows.read")
        found = queries.window(window_id)
        return versioned(Response(WindowNowOut(found).data), found.window.version)

    @extend_schema(request=setup.WindowTermsIn, responses=WindowNowOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Change what a window is called and which queues it serves, in which order."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return setup.change_window(request, self, kwargs["window_id"])


class Press(CommandView):
    """A button at a window: what it takes, what it does; answers the ticket or the window."""

    precondition = Precondition.OPTIONAL
    tells_events = True
    takes: ClassVar[type[serializers.Serializer[Any]]] = NothingIn

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        seen = version_seen(request)
        done = self.press(kwargs["window_id"], seen, given.validated_data)
        return answer(done)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        raise TypeError(f"{type(self).__name__} has no press")


# Making the fields anew for every press costs more than writing a ticket with them.
_TICKET = TicketOut()


def answer(done: Stepped) -> Response:
    if done.ticket is not None:
        body = _TICKET.to_representation(done.ticket)
        response = versioned(Response(body), done.ticket.version)
    else:
        shown = queries.with_details([done.window])[0]
        response = versioned(Response(WindowNowOut(shown).data), done.window.version)
    return event_seq(response, done.seqs)


class OpenView(Press):
    takes = OpenIn

    @extend_schema(request=OpenIn, responses=WindowNowOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.open_window(window_id=window_id, version=seen, by=self.actor, **given)


class PauseView(Press):
    takes = WindowPauseIn

    @extend_schema(request=WindowPauseIn, responses=WindowNowOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        state = WindowState.AWAY if given["away"] else given.get("state", WindowState.PAUSED)
        return services.pause(
            window_id=window_id,
            version=seen,
            by=self.actor,
            reason=given["reason"],
            state=WindowState(state),
        )


class CloseView(Press):
    @extend_schema(request=NothingIn, responses=WindowNowOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.close(window_id=window_id, version=seen, by=self.actor)


class CallNextView(CommandView):
    tells_events = True

    @extend_schema(
        request=NothingIn,
        responses={200: TicketOut, 204: OpenApiResponse(description="nobody waits")},
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        done = services.call_next(window_id=kwargs["window_id"], by=self.actor)
        return answer(done) if done else Response(status=204)


class RecallView(Press):
    @extend_schema(request=NothingIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.recall(window_id=window_id, version=seen, by=self.actor)


class StartView(Press):
    @extend_schema(request=NothingIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.start(window_id=window_id, version=seen, by=self.actor)


class FinishView(Press):
    takes = FinishIn

    @extend_schema(request=FinishIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.finish(window_id=window_id, version=seen, by=self.actor, **given)


class MissView(Press):
    @extend_schema(request=NothingIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.miss(window_id=window_id, version=seen, by=self.actor)
