"""From a number to its case, what guidance did, and which case feedback became."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases import permissions, threads
from apps.cases.services import early_warnings
from apps.staff.api.views import CommandView, HallView
from apps.staff.permissions import require
from apps.windows import services as windows
from apps.windows.api.headers import version_seen, versioned
from apps.windows.api.shapes import GuidanceOut, TicketRefOut
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.errors import Invalid


class ThreadCaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.CharField()
    outcome = serializers.CharField(allow_blank=True)


class ThreadOut(serializers.Serializer[Any]):
    """What the asker may not know is null."""

    ticket = TicketRefOut()
    reception = serializers.UUIDField(allow_null=True)
    case = ThreadCaseOut(allow_null=True)
    guidance = serializers.ListField(child=serializers.UUIDField())


class PeopleOut(serializers.Serializer[Any]):
    people = serializers.IntegerField()
    stuck = serializers.IntegerField()
    first_pass = serializers.IntegerField()


class GuidanceEffectOut(serializers.Serializer[Any]):
    item_code = serializers.CharField()
    guided = PeopleOut()
    unguided = PeopleOut()


class GuidanceEffectsOut(serializers.Serializer[Any]):
    items = GuidanceEffectOut(many=True)


class EffectWanted(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()


class GuidanceLinkIn(serializers.Serializer[Any]):
    case = serializers.UUIDField()


class TakeUpIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=120)
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class TakenUpOut(serializers.Serializer[Any]):
    """The case a warning became."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.CharField()


class ThreadView(HallView):
    @extend_schema(responses=ThreadOut)
    def get(self, request: Request, ticket_id: UUID) -> Response:
        """One thread from number to outcome."""
        require(self.actor, "windows.read")
        return Response(ThreadOut(threads.thread(self.actor, ticket_id)).data)


class GuidanceEffectView(HallView):
    @extend_schema(
        parameters=[
            OpenApiParameter("from", str, required=True),
            OpenApiParameter("to", str, required=True),
        ],
        responses=GuidanceEffectsOut,
    )
    def get(self, request: Request) -> Response:
        """M-20: guided against unguided people of the same item."""
        require(self.actor, "guidance.compare")
        asked = request.query_params
        wanted = EffectWanted(data={"first": asked.get("from"), "last": asked.get("to")})
        wanted.is_valid(raise_exception=True)
        found = threads.effect(self.actor, **wanted.validated_data)
        return Response(GuidanceEffectsOut({"items": found}).data)


class GuidanceLinkView(CommandView):
    precondition = Precondition.OPTIONAL

    @extend_schema(request=GuidanceLinkIn, responses=GuidanceOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Note which case became of it."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = GuidanceLinkIn(data=request.data)
        given.is_valid(raise_exception=True)
        case_id = given.validated_data["case"]
        require(self.actor, "guidance.read")
        seen, ident = version_seen(request), kwargs["guidance_id"]
        linked = windows.link_case(guidance_id=ident, case_id=case_id, version=seen, by=self.actor)
        if not permissions.sees_case(self.actor, case_id):
            raise Invalid(errors={"case": ["unknown"]})
        return versioned(Response(GuidanceOut(linked).data), linked.version)


class TakeUpView(CommandView):
    precondition = Precondition.OPTIONAL

    @extend_schema(request=TakeUpIn, responses={201: TakenUpOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Make a case of an early warning (C-24)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = TakeUpIn(data=request.data)
        given.is_valid(raise_exception=True)
        terms, seen = early_warnings.TakenUp(**given.validated_data), version_seen(request)
        made = early_warnings.take_up(
            terms, warning_id=kwargs["signal_id"], version=seen, by=self.actor
        )
        return versioned(Response(TakenUpOut(made).data, status=201), made.version)
