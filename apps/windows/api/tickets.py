"""Taking a number, and the day's numbers."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from apps.staff.api.views import CommandView, HallView
from apps.windows import permissions, queries, services
from apps.windows.api import setup
from apps.windows.api.headers import event_seq, versioned
from apps.windows.api.serializers import (
    NewTicketOut,
    QueuesOut,
    TicketIn,
    TicketOut,
    TicketsOut,
    TicketsWanted,
)
from apps.windows.api.shapes import QueueOut
from apps.windows.rules import PriorityReason, TicketState
from apps.windows.services import Taken
from bancheng.kernel import clock
from bancheng.kernel.api.paging import page
from bancheng.services.live import log as live

PAGED: list[OpenApiParameter | type[Serializer[Any]]] = [
    TicketsWanted,
    OpenApiParameter("limit", int),
    OpenApiParameter("cursor", str),
]


class TicketsView(CommandView):
    tells_events = True

    @extend_schema(parameters=PAGED, responses=TicketsOut)
    def get(self, request: Request) -> Response:
        """Today's tickets (or another day's), oldest first."""
        permissions.require(self.actor, "windows.read")
        wanted = TicketsWanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        seqs = live.heads(["queue"])
        found = page(_found(wanted.validated_data), order=("taken_at", "id"), request=request)
        body = {"results": TicketOut(found.rows, many=True).data, "next": found.next}
        return event_seq(Response(body), seqs)

    @extend_schema(request=TicketIn, responses={201: NewTicketOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Give out the next number of a queue."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = TicketIn(data=request.data)
        given.is_valid(raise_exception=True)
        reason = given.validated_data.get("priority_reason")
        taken = services.take(
            queue_id=given.validated_data["queue"],
            priority_reason=PriorityReason(reason) if reason else None,
            phone=given.validated_data.get("phone", ""),
            by=self.actor,
        )
        return new_ticket(taken)


class TicketView(HallView):
    @extend_schema(responses=TicketOut)
    def get(self, request: Request, ticket_id: UUID) -> Response:
        permissions.require(self.actor, "windows.read")
        found = queries.ticket(ticket_id)
        return versioned(Response(TicketOut(found).data), found.version)


class QueuesView(CommandView):
    @extend_schema(responses=QueuesOut)
    def get(self, request: Request) -> Response:
        permissions.require(self.actor, "windows.read")
        return Response(QueuesOut({"results": queries.queues()}).data)

    @extend_schema(request=setup.NewQueueIn, responses={201: QueueOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Set up a kind of business with its own numbers."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return setup.add_queue(request, self)


def new_ticket(taken: Taken) -> Response:
    """A number that was just given out, as its holder gets it."""
    ticket, minutes = taken.ticket, taken.outlook.minutes
    body = TicketOut(ticket).data | {
        "code": ticket.code,
        "position_path": f"/p/t/{ticket.code}",
        "same_person": queries.same_person(ticket),
        "ahead": taken.outlook.ahead,
        "estimated_wait_minutes": minutes and list(minutes),
    }
    return event_seq(versioned(Response(body, status=201), ticket.version), taken.seqs)


def _found(wanted: dict[str, Any]) -> Any:
    state = wanted.get("state")
    return queries.tickets_of_day(
        wanted.get("day", clock.today()),
        state=TicketState(state) if state else None,
        queue_id=wanted.get("queue"),
    )
