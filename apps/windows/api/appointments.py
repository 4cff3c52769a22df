"""Appointments at the counter: the day's list, booking for somebody, check-in, no-show."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView, HallView
from apps.windows import appointments, permissions, services
from apps.windows.api.headers import version_seen, versioned
from apps.windows.api.serializers import NewTicketOut, NothingIn
from apps.windows.api.shapes import (
    AppointmentOut,
    AppointmentsOut,
    NewAppointmentOut,
    SlotsOut,
)
from apps.windows.api.tickets import new_ticket
from apps.windows.models import Appointment
from apps.windows.services import Visitor
from bancheng.kernel import clock
from bancheng.kernel.api.openapi import Precondition


class BookIn(serializers.Serializer[Any]):
    queue = serializers.UUIDField()
    start = serializers.DateTimeField()
    name = serializers.CharField(max_length=40)
    phone = serializers.RegexField(r"^[0-9+ \-]{5,20}$")


class DayWanted(serializers.Serializer[Any]):
    day = serializers.DateField(required=False)


class SlotsWanted(serializers.Serializer[Any]):
    queue = serializers.UUIDField()
    day = serializers.DateField()


class AppointmentsView(CommandView):
    @extend_schema(parameters=[OpenApiParameter("day", str)], responses=AppointmentsOut)
    def get(self, request: Request) -> Response:
        """A day's appointments by slot, with masks."""
        permissions.require(self.actor, "appointments.manage")
        wanted = DayWanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        found = appointments.of_day(wanted.validated_data.get("day", clock.today()))
        return Response(AppointmentsOut({"results": found}).data)

    @extend_schema(request=BookIn, responses={201: NewAppointmentOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Book for somebody, also for later today."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = BookIn(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        made = services.book(
            queue_id=wanted["queue"],
            start=wanted["start"],
            visitor=Visitor(wanted["name"], wanted["phone"]),
            by=self.actor,
        )
        return versioned(Response(NewAppointmentOut(made).data, status=201), made.version)


class AppointmentSlotsView(HallView):
    @extend_schema(
        parameters=[
            OpenApiParameter("queue", str, required=True),
            OpenApiParameter("day", str, required=True),
        ],
        responses=SlotsOut,
    )
    def get(self, request: Request) -> Response:
        permissions.require(self.actor, "appointments.manage")
        return Response(slots_body(request))


def slots_body(request: Request) -> Any:
    """The slots of a queue's day; raises Invalid for an unknown queue."""
    wanted = SlotsWanted(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    found = appointments.slots_of(wanted.validated_data["queue"], wanted.validated_data["day"])
    return SlotsOut({"slots": found}).data


class _Ending(CommandView):
    precondition = Precondition.OPTIONAL
    ends: ClassVar[Callable[..., Appointment]]

    def act(self, request: Request, **kwargs: Any) -> Response:
        ident: UUID = kwargs["appointment_id"]
        seen = version_seen(request)
        done = type(self).ends(appointment_id=ident, version=seen, by=self.actor)
        return versioned(Response(AppointmentOut(done).data), done.version)


class CancelView(_Ending):
    ends = staticmethod(services.cancel_for)

    @extend_schema(request=NothingIn, responses=AppointmentOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)


class NoShowView(_Ending):
    ends = staticmethod(services.note_no_show)

    @extend_schema(request=NothingIn, responses=AppointmentOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)


class CheckInView(CommandView):
    precondition = Precondition.OPTIONAL
    tells_events = True

    @extend_schema(request=NothingIn, responses={201: NewTicketOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The person is here: a number inside the slot."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        seen = version_seen(request)
        taken = services.check_in_for(
            appointment_id=kwargs["appointment_id"], version=seen, by=self.actor
        )
        return new_ticket(taken)
