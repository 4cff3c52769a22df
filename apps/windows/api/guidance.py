"""Pre-checks, the greeter's three fields, feedback, tense moments (C-21, C-85, C-86, C-88)."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView, HallView
from apps.windows import guidances, services
from apps.windows.api.headers import versioned
from apps.windows.api.serializers import NewTicketOut
from apps.windows.api.shapes import GuidanceOut
from apps.windows.api.tickets import new_ticket
from apps.windows.guidance_details import Category, Check, Detail, Direction, Result
from apps.windows.rules import GuidanceKind
from apps.windows.services import Note
from bancheng.kernel.api.paging import page


class ChecklistLineIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=200)
    ok = serializers.BooleanField()


def _text(length: int = 200) -> serializers.CharField:
    return serializers.CharField(max_length=length, required=False, allow_blank=True, default="")


def _choice(values: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(
        [value.value for value in values], required=False, allow_blank=True, default=""
    )


class GuidanceIn(serializers.Serializer[Any]):
    """A greeter gives `matter`, `direction`, and a `queue` or a `note`."""

    kind = serializers.ChoiceField([kind.value for kind in GuidanceKind])
    matter = _text(500)
    ticket = serializers.UUIDField(required=False, allow_null=True)
    queue = serializers.UUIDField(required=False, allow_null=True)
    item_code = _text(40)
    phone = _text(30)
    result = _choice(Result)
    checklist = ChecklistLineIn(many=True, required=False)
    direction = _choice(Direction)
    category = _choice(Category)
    note = _text()
    room = _text(40)
    second_officer = _text(40)

    def note_of(self) -> Note:
        """As the service takes it."""
        given = self.validated_data
        checks = tuple(Check(line["text"], line["ok"]) for line in given.get("checklist", ()))
        texts = ("direction", "category", "note", "room", "second_officer")
        detail = Detail(checklist=checks, **{name: given[name] for name in texts})
        return Note(
            kind=GuidanceKind(given["kind"]),
            matter=given["matter"],
            ticket=given.get("ticket"),
            queue=given.get("queue"),
            item_code=given["item_code"],
            phone=given["phone"],
            result=given["result"],
            detail=detail,
        )


class NewGuidanceOut(GuidanceOut):
    """`new_ticket` is the number a greeter took for somebody."""

    new_ticket = NewTicketOut(allow_null=True)


class GuidancesOut(serializers.Serializer[Any]):
    results = GuidanceOut(many=True)
    next = serializers.CharField(allow_null=True)


class GuidanceWanted(serializers.Serializer[Any]):
    kind = serializers.ChoiceField([kind.value for kind in GuidanceKind], required=False)
    day = serializers.DateField(required=False)


class GuidancesView(CommandView):
    @extend_schema(
        parameters=[
            GuidanceWanted,
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str),
        ],
        responses=GuidancesOut,
    )
    def get(self, request: Request) -> Response:
        """What was recorded, newest first; a greeter sees their own of today."""
        wanted = GuidanceWanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        rows = guidances.seen(self.actor, **wanted.validated_data)
        found = page(rows, order=("-at", "-id"), request=request)
        body = {"results": GuidanceOut(found.rows, many=True).data, "next": found.next}
        return Response(body)

    @extend_schema(request=GuidanceIn, responses={201: NewGuidanceOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Record what was done for somebody."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = GuidanceIn(data=request.data)
        given.is_valid(raise_exception=True)
        noted = services.record(given.note_of(), by=self.actor)
        number = new_ticket(noted.taken).data if noted.taken else None
        body = GuidanceOut(noted.guidance).data | {"new_ticket": number}
        return versioned(Response(body, status=201), noted.guidance.version)


class GuidanceView(HallView):
    @extend_schema(responses=GuidanceOut)
    def get(self, request: Request, guidance_id: UUID) -> Response:
        found = guidances.one(self.actor, guidance_id)
        return versioned(Response(GuidanceOut(found).data), found.version)
