"""Everything else that happens to a number: it comes back, goes elsewhere, is set aside."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView
from apps.windows import services
from apps.windows.api.headers import event_seq, version_seen, versioned
from apps.windows.api.serializers import (
    EndReasonIn,
    MatterIn,
    NothingIn,
    QueueRefIn,
    TensionIn,
    TicketOut,
    TicketRefIn,
    TransferIn,
    WindowNoteIn,
)
from apps.windows.api.windows import Press
from apps.windows.services import Destination, Moved, Stepped
from bancheng.kernel.api.openapi import Precondition


class CallView(Press):
    takes = TicketRefIn

    @extend_schema(request=TicketRefIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Call one waiting number out of turn."""
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.call_ticket(
            window_id=window_id, ticket_id=given["ticket"], version=seen, by=self.actor
        )


class UndoView(Press):
    @extend_schema(request=NothingIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take a wrong call back."""
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.undo(window_id=window_id, version=seen, by=self.actor)


class ParkView(Press):
    takes = WindowNoteIn

    @extend_schema(request=WindowNoteIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Set the person aside and call on."""
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.park(window_id=window_id, version=seen, by=self.actor, **given)


class ResumeView(Press):
    takes = TicketRefIn

    @extend_schema(request=TicketRefIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Serve somebody on who was set aside."""
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.resume(
            window_id=window_id, ticket_id=given["ticket"], version=seen, by=self.actor
        )


class NextMatterView(Press):
    takes = MatterIn

    @extend_schema(request=MatterIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """One matter is done; the same person goes on with another."""
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.next_matter(window_id=window_id, version=seen, by=self.actor, **given)


class WalkInView(Press):
    takes = QueueRefIn

    @extend_schema(request=QueueRefIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Serve somebody who has no number."""
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.walk_in(
            window_id=window_id, queue_id=given["queue"], version=seen, by=self.actor
        )


class EndServiceView(Press):
    takes = EndReasonIn

    @extend_schema(request=EndReasonIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The shift lead ends what hangs at a window."""
        return super().post(request, **kwargs)

    def press(self, window_id: UUID, seen: int | None, given: dict[str, Any]) -> Stepped:
        return services.end_service(window_id=window_id, version=seen, by=self.actor, **given)


class _TicketStep(CommandView):
    """A step of a ticket away from the windows; answers the ticket."""

    precondition = Precondition.OPTIONAL
    tells_events = True
    takes: ClassVar[type[serializers.Serializer[Any]]] = NothingIn

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        seen = version_seen(request)
        done = self.step(kwargs["ticket_id"], seen, given.validated_data)
        body = TicketOut(done.ticket).data
        return event_seq(versioned(Response(body), done.ticket.version), done.seqs)

    def step(self, ticket_id: UUID, seen: int | None, given: dict[str, Any]) -> Moved:
        raise TypeError(f"{type(self).__name__} has no step")


class ReturnView(_TicketStep):
    @extend_schema(request=NothingIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A missed number comes back, once."""
        return super().post(request, **kwargs)

    def step(self, ticket_id: UUID, seen: int | None, given: dict[str, Any]) -> Moved:
        return services.return_missed(ticket_id=ticket_id, version=seen, by=self.actor)


class TransferView(_TicketStep):
    takes = TransferIn

    @extend_schema(request=TransferIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Send the person to another queue, window or colleague; the wait so far is kept."""
        return super().post(request, **kwargs)

    def step(self, ticket_id: UUID, seen: int | None, given: dict[str, Any]) -> Moved:
        note = given.pop("note")
        return services.transfer(
            ticket_id=ticket_id, to=Destination(**given), note=note, version=seen, by=self.actor
        )


class LeaveView(_TicketStep):
    @extend_schema(request=NothingIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The person gave up waiting."""
        return super().post(request, **kwargs)

    def step(self, ticket_id: UUID, seen: int | None, given: dict[str, Any]) -> Moved:
        return services.leave(ticket_id=ticket_id, version=seen, by=self.actor)


class TensionView(_TicketStep):
    takes = TensionIn

    @extend_schema(request=TensionIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Flag a tense moment for whoever is next."""
        return super().post(request, **kwargs)

    def step(self, ticket_id: UUID, seen: int | None, given: dict[str, Any]) -> Moved:
        return services.mark_tension(ticket_id=ticket_id, version=seen, by=self.actor, **given)
