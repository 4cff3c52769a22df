"""Appointments from afar: what may be booked, booking, the receipt, cancelling, the calendar file.

There is no text message: the receipt's page reminds, and so does the calendar file.
"""

from itertools import groupby
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.portal import limits
from apps.portal.api.public import PublicCommand, PublicView, address_of, with_code
from apps.windows import appointments, ical, services, slots
from apps.windows.api.appointments import BookIn, slots_body
from apps.windows.api.kiosk import MenuHallOut
from apps.windows.api.serializers import NothingIn, QueueRefOut
from apps.windows.api.shapes import SlotsOut
from apps.windows.rules import AppointmentState
from apps.windows.services import Visitor
from bancheng.kernel.hall import here


class BookingGroupOut(serializers.Serializer[Any]):
    name = serializers.CharField(allow_blank=True)
    queues = QueueRefOut(many=True)


class BookingOfferOut(serializers.Serializer[Any]):
    """Kinds of business that take appointments, and the days that may be booked."""

    groups = BookingGroupOut(many=True)
    days = serializers.ListField(child=serializers.DateField())


class BookingOut(serializers.Serializer[Any]):
    """The receipt. `reminder` is true in the last day before: the page says so."""

    code = serializers.CharField()
    queue = QueueRefOut()
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    state = serializers.ChoiceField([state.value for state in AppointmentState])
    cancel_until = serializers.DateTimeField()
    check_in_from = serializers.DateTimeField()
    name_mask = serializers.CharField(allow_blank=True)
    phone_mask = serializers.CharField(allow_blank=True)
    hall = MenuHallOut()
    calendar_path = serializers.CharField()
    ticket_code = serializers.CharField(allow_null=True)
    reminder = serializers.BooleanField()


def _shown(found: appointments.Receipt) -> Any:
    ref = here()
    names = appointments.Receipt.__dataclass_fields__
    body: dict[str, Any] = {name: getattr(found, name) for name in names}
    body["hall"] = {"name": ref.name, "deskName": ref.desk_name}
    body["calendar_path"] = f"/api/v1/portal/bookings/{found.code}/calendar.ics"
    return BookingOut(body).data


class BookingView(PublicView):
    @extend_schema(responses=BookingOfferOut)
    def get(self, request: Request) -> Response:
        """What may be booked, and on which days."""
        found = sorted(appointments.bookable(), key=lambda queue: queue.group)
        grouped = groupby(found, key=lambda queue: queue.group)
        groups = [{"name": name, "queues": list(queues)} for name, queues in grouped]
        return Response(BookingOfferOut({"groups": groups, "days": slots.days_on_offer()}).data)


class BookingSlotsView(PublicView):
    @extend_schema(
        parameters=[
            OpenApiParameter("queue", str, required=True),
            OpenApiParameter("day", str, required=True),
        ],
        responses=SlotsOut,
    )
    def get(self, request: Request) -> Response:
        """The slots of a day with their free places."""
        return Response(slots_body(request))


class BookingsView(PublicCommand):
    refusals = MappingProxyType({"POST": (429,)})

    @extend_schema(request=BookIn, responses={201: BookingOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Book a slot: one per person and day, from tomorrow on."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = BookIn(data=request.data)
        given.is_valid(raise_exception=True)
        limits.count_address(address_of(request))
        wanted = given.validated_data
        made = services.book(
            queue_id=wanted["queue"],
            start=wanted["start"],
            visitor=Visitor(wanted["name"], wanted["phone"]),
            by=self.actor,
        )
        return Response(_shown(appointments.receipt(made)), status=201)


class BookedView(PublicView):
    refusals = MappingProxyType({"GET": (404, 429)})

    @extend_schema(responses=BookingOut)
    def get(self, request: Request, code: str) -> Response:
        """The receipt again."""
        return Response(
            _shown(appointments.receipt(with_code(request, lambda: appointments.of_code(code))))
        )


class BookingCancelView(PublicCommand):
    refusals = MappingProxyType({"POST": (404, 429)})

    @extend_schema(request=NothingIn, responses=BookingOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Cancel, at least two hours before."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        code = kwargs["code"]
        done = with_code(request, lambda: services.cancel(code=code, by=self.actor))
        return Response(_shown(appointments.receipt(done)))


class CalendarView(PublicView):
    refusals = MappingProxyType({"GET": (404, 429)})

    @extend_schema(responses={(200, "text/calendar"): OpenApiTypes.STR})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The appointment for the phone's own calendar (RFC 5545)."""
        found = with_code(request, lambda: appointments.of_code(code))
        answer = HttpResponse(ical.of(found), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
        return answer
