"""A number's public page, numbers taken with a phone, and the sign at the entrance (C-82)."""

import hashlib
import json
from types import MappingProxyType
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from apps.portal import limits
from apps.portal.api.public import PublicCommand, PublicView, address_of, with_code
from apps.windows import positions, services, sign
from apps.windows.api.kiosk import MenuHallOut, MenuOut, menu_body
from apps.windows.api.serializers import NothingIn, SlotOut
from apps.windows.api.shapes import minutes
from apps.windows.rules import Channel, TicketState
from bancheng.kernel import clock
from bancheng.kernel.hall import here


class PositionQueueOut(serializers.Serializer[Any]):
    prefix = serializers.CharField()
    name = serializers.CharField()


class PositionOut(serializers.Serializer[Any]):
    """`ahead` and `minutes` while waiting, `window` once called or sent to one, `return_until`
    while a missed number may still come back. No name, no phone."""

    number = serializers.CharField()
    queue = PositionQueueOut()
    state = serializers.ChoiceField([state.value for state in TicketState])
    ahead = serializers.IntegerField(allow_null=True)
    minutes = minutes()
    window = serializers.CharField(allow_null=True)
    taken_at = serializers.DateTimeField()
    called_at = serializers.DateTimeField(allow_null=True)
    return_until = serializers.DateTimeField(allow_null=True)
    slot = SlotOut(allow_null=True)
    hall = MenuHallOut()
    at = serializers.DateTimeField()


class PhoneTicketIn(serializers.Serializer[Any]):
    queue = serializers.UUIDField()
    phone = serializers.RegexField(r"^[0-9+ \-]{5,20}$")


class PhoneTicketOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    number = serializers.CharField()
    ahead = serializers.IntegerField()
    minutes = minutes()
    position_path = serializers.CharField()


class SignOut(serializers.Serializer[Any]):
    """What the screen at the entrance shows; figures only."""

    hall = MenuHallOut()
    open = serializers.BooleanField()
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    waiting = serializers.IntegerField()
    minutes = minutes()
    open_windows = serializers.IntegerField()
    phone = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


def _hall() -> dict[str, str]:
    ref = here()
    return {"name": ref.name, "deskName": ref.desk_name}


def _shown(found: positions.Position) -> Any:
    ticket = found.ticket
    slot = ticket.slot_start and {"start": ticket.slot_start, "end": ticket.slot_end}
    body = {
        **{name: getattr(ticket, name) for name in ("number", "queue", "state", "called_at")},
        "taken_at": ticket.taken_at,
        "ahead": found.ahead,
        "minutes": found.minutes and list(found.minutes),
        "window": found.window,
        "return_until": found.return_until,
        "slot": slot,
        "hall": _hall(),
        "at": clock.now(),
    }
    return PositionOut(body).data


class PositionView(PublicView):
    refusals = MappingProxyType({"GET": (404, 429)})

    @extend_schema(
        responses={200: PositionOut, 304: OpenApiResponse(description="nothing changed")}
    )
    def get(self, request: Request, code: str) -> Response:
        """The number's place in line; with If-None-Match only what changed."""
        body = _shown(with_code(request, lambda: positions.position(code)))
        tag = _tag({name: value for name, value in body.items() if name != "at"})
        same = request.headers.get("If-None-Match") == tag
        return Response(None if same else body, 304 if same else 200, headers={"ETag": tag})


def _tag(body: dict[str, Any]) -> str:
    text = json.dumps(body, cls=JSONEncoder, sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'


class PositionLeaveView(PublicCommand):
    refusals = MappingProxyType({"POST": (404, 429)})

    @extend_schema(request=NothingIn, responses=PositionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The holder gives the number back."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        code = kwargs["code"]
        done = with_code(request, lambda: services.give_back(code=code, by=self.actor))
        return Response(_shown(positions.of(done.ticket)))


class PortalQueuesView(PublicView):
    @extend_schema(responses=MenuOut)
    def get(self, request: Request) -> Response:
        """What may be taken with a phone, as at the kiosk."""
        return Response(MenuOut(menu_body()).data)


class PortalTicketsView(PublicCommand):
    refusals = MappingProxyType({"POST": (429,)})

    @extend_schema(request=PhoneTicketIn, responses={201: PhoneTicketOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take a number with a phone: one per phone and kind of business."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = PhoneTicketIn(data=request.data)
        given.is_valid(raise_exception=True)
        limits.count_address(address_of(request))
        wanted = given.validated_data
        taken = services.take(
            queue_id=wanted["queue"], phone=wanted["phone"], channel=Channel.QR, by=self.actor
        )
        body = {
            "code": taken.ticket.code,
            "number": taken.ticket.number,
            "ahead": taken.outlook.ahead,
            "minutes": taken.outlook.minutes and list(taken.outlook.minutes),
            "position_path": f"/p/t/{taken.ticket.code}",
        }
        return Response(PhoneTicketOut(body).data, status=201)


class SignView(PublicView):
    @extend_schema(responses=SignOut)
    def get(self, request: Request) -> Response:
        """Open or closed, how many wait, how long, the hall's phone."""
        return Response(SignOut({"hall": _hall(), **sign.now()}).data)
