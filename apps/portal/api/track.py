"""The citizen's page: no account, one case, opened by number and code."""

from types import MappingProxyType
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.attachments.api.shapes import TakenKindOut
from apps.cases.api.inputs import ACTS, choice, text
from apps.cases.api.kept import RemedyDatesOut
from apps.portal import queries, services
from apps.portal.errors import NotFound
from apps.staff.api.views import HallView
from bancheng.city.calendar.declared import PAUSE_REASONS

COOKIE = "bancheng_track"
PATH = "/api/v1/portal"


class TrackIn(serializers.Serializer[Any]):
    number = serializers.RegexField(r"^\s*BCS-[0-9]{8}-[0-9]{4}\s*$", max_length=30)
    code = serializers.RegexField(r"^\s*[0-9]{6}\s*$", max_length=12)


class TrackStepOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    label_code = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    done = serializers.BooleanField()
    current = serializers.BooleanField()
    unit = serializers.CharField()


class ResponsibleOut(serializers.Serializer[Any]):
    unit = serializers.CharField()
    name = serializers.CharField()


class BasisOut(serializers.Serializer[Any]):
    title = serializers.CharField()
    article = serializers.CharField()
    text = serializers.CharField()


class RemedyOut(serializers.Serializer[Any]):
    """Days to ask for review (行政复议法 20), months to sue (行政诉讼法 46)."""

    explanation = serializers.CharField()
    materials_needed = serializers.CharField()
    legal_basis = BasisOut(allow_null=True)
    review_body = serializers.CharField()
    litigation_court = serializers.CharField()
    review_days = serializers.IntegerField()
    litigation_months = serializers.IntegerField()
    organ = serializers.CharField()
    act = choice("", *ACTS)
    dates = RemedyDatesOut(allow_null=True)
    text = serializers.CharField()


class AppealStateOut(serializers.Serializer[Any]):
    """`open` until the day, `pending`, `over`, or the decision."""

    state = choice("open", "pending", "over", "uphold", "change")
    until = serializers.DateField()
    answer = serializers.CharField()


class HeldOut(serializers.Serializer[Any]):
    """The clock stands still; it runs on by itself at `until` at the latest."""

    reason = choice(*PAUSE_REASONS)
    since = serializers.DateField()
    until = serializers.DateField()


class WordsOut(serializers.Serializer[Any]):
    """`open`: the person may write to the handler; `awaited`: the clock waits for it."""

    open = serializers.BooleanField()
    awaited = serializers.BooleanField()
    last_at = serializers.DateTimeField(allow_null=True)


class FilesOpenOut(serializers.Serializer[Any]):
    """`open`: the person may send files from here; `takes` says which, `most` how many."""

    open = serializers.BooleanField()
    takes = TakenKindOut(many=True)
    most = serializers.IntegerField()


class TrackOut(serializers.Serializer[Any]):
    """`answer` and `outcome` once delivered, `remedy` only with a refusal."""

    number = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    steps = TrackStepOut(many=True)
    promised_on = serializers.DateField(allow_null=True)
    meeting_by = serializers.DateField(allow_null=True)
    first_promised_on = serializers.DateField(allow_null=True)
    paused = HeldOut(allow_null=True)
    extension_note = serializers.CharField()
    identity_seen = serializers.IntegerField()
    words = WordsOut()
    files = FilesOpenOut()
    responsible = ResponsibleOut()
    answer = serializers.CharField(required=False)
    outcome = serializers.CharField(required=False)
    remedy = RemedyOut(required=False)
    appeal = AppealStateOut(required=False)


class TrackView(HallView):
    authentication_classes = ()
    permission_classes = ()
    refusals = MappingProxyType({"POST": (404, 429), "GET": (404,)})

    @extend_schema(request=TrackIn, responses=TrackOut)
    def post(self, request: Request) -> Response:
        """Open a case's page. A wrong code and an unknown number get the same answer."""
        given = TrackIn(data=request.data)
        given.is_valid(raise_exception=True)
        number, code = (given.validated_data[name].strip() for name in ("number", "code"))
        address = request.META.get("REMOTE_ADDR", "")
        case_id = services.unlock(number=number, code=code, address=address)
        return _with_cookie(Response(_shown(case_id)), services.ticket(case_id))

    @extend_schema(
        parameters=[OpenApiParameter(COOKIE, str, OpenApiParameter.COOKIE, required=True)],
        responses=TrackOut,
    )
    def get(self, request: Request) -> Response:
        """The page again, with the cookie of an earlier visit."""
        ticket = request.COOKIES.get(COOKIE)
        if not ticket:
            raise NotFound
        return Response(_shown(services.case_of(ticket)))


class PortalAnswerIn(serializers.Serializer[Any]):
    text = text(needed=True)


class PortalAnswerView(HallView):
    authentication_classes = ()
    permission_classes = ()
    refusals = MappingProxyType({"POST": (404, 409, 429)})

    @extend_schema(
        request=PortalAnswerIn,
        parameters=[OpenApiParameter(COOKIE, str, OpenApiParameter.COOKIE, required=True)],
        responses=TrackOut,
    )
    def post(self, request: Request) -> Response:
        """Write to whoever handles the case; a clock that waited for the person runs on."""
        given = PortalAnswerIn(data=request.data)
        given.is_valid(raise_exception=True)
        case_id = services.answer(
            ticket=request.COOKIES.get(COOKIE, ""),
            text=given.validated_data["text"],
            address=request.META.get("REMOTE_ADDR", ""),
        )
        return Response(_shown(case_id))


class PortalAppealIn(serializers.Serializer[Any]):
    grounds = text(needed=True)


class PortalAppealView(HallView):
    authentication_classes = ()
    permission_classes = ()
    refusals = MappingProxyType({"POST": (404, 409)})

    @extend_schema(
        request=PortalAppealIn,
        parameters=[OpenApiParameter(COOKIE, str, OpenApiParameter.COOKIE, required=True)],
        responses=TrackOut,
    )
    def post(self, request: Request) -> Response:
        """Ask the hall to examine its result again, by somebody who had no part in it."""
        given = PortalAppealIn(data=request.data)
        given.is_valid(raise_exception=True)
        ticket = request.COOKIES.get(COOKIE, "")
        case_id = services.appeal(ticket=ticket, grounds=given.validated_data["grounds"])
        return Response(_shown(case_id))


def _shown(case_id: Any) -> Any:
    return TrackOut(queries.page(case_id)).data


def _with_cookie(response: Response, ticket: str) -> Response:
    response.set_cookie(
        COOKIE,
        ticket,
        max_age=services.OPEN_SECONDS,
        path=PATH,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )
    return response
