"""Booking the quiet or the mediation room (C-88)."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView
from apps.windows import permissions, rooms, services
from apps.windows.api.appointments import DayWanted
from apps.windows.api.headers import version_seen, versioned
from apps.windows.api.serializers import NothingIn
from apps.windows.api.shapes import TicketRefOut
from apps.windows.rules import Room, RoomState
from apps.windows.services import RoomWanted
from bancheng.kernel import clock
from bancheng.kernel.api.openapi import Precondition

_ROOMS = [room.value for room in Room]


class RoomIn(serializers.Serializer[Any]):
    room = serializers.ChoiceField(_ROOMS)
    start = serializers.DateTimeField()
    second = serializers.UUIDField()
    ticket = serializers.UUIDField(required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class RoomBookingOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    room = serializers.ChoiceField(_ROOMS)
    start = serializers.DateTimeField(source="starts_at")
    end = serializers.DateTimeField(source="ends_at")
    state = serializers.ChoiceField([state.value for state in RoomState])
    officer = serializers.CharField(source="officer_name")
    second = serializers.CharField(source="second_name")
    ticket = TicketRefOut(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class RoomsOut(serializers.Serializer[Any]):
    """`starts` are the slots that may still be booked."""

    rooms = serializers.ListField(child=serializers.ChoiceField(_ROOMS))
    starts = serializers.ListField(child=serializers.DateTimeField())
    results = RoomBookingOut(many=True)


class RoomsView(CommandView):
    @extend_schema(parameters=[OpenApiParameter("day", str)], responses=RoomsOut)
    def get(self, request: Request) -> Response:
        """The rooms, the slots of today and tomorrow, a day's bookings."""
        permissions.require(self.actor, "rooms.book")
        wanted = DayWanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        day = wanted.validated_data.get("day", clock.today())
        body = {"rooms": rooms.rooms(), "starts": rooms.starts(), "results": rooms.bookings(day)}
        return Response(RoomsOut(body).data)

    @extend_schema(request=RoomIn, responses={201: RoomBookingOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Book a room with a second officer."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = RoomIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.book_room(RoomWanted(**given.validated_data), by=self.actor)
        return versioned(Response(RoomBookingOut(made).data, status=201), made.version)


class CancelRoomView(CommandView):
    precondition = Precondition.OPTIONAL

    @extend_schema(request=NothingIn, responses=RoomBookingOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Give the slot back."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        seen, ident = version_seen(request), kwargs["booking_id"]
        done = services.cancel_room(booking_id=ident, version=seen, by=self.actor)
        return versioned(Response(RoomBookingOut(done).data), done.version)
