"""The duty roster and the count since opening, over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, versioned
from apps.oversight import queries
from apps.oversight.api import inputs, shapes
from apps.oversight.api.asking import day
from apps.oversight.opening import since_opening
from apps.oversight.rules import DutyRole, Part
from apps.oversight.services import roster
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.versions import if_match

_SPAN = [
    OpenApiParameter("from", str, required=True, description="a day"),
    OpenApiParameter("to", str, required=True, description="a day, at most 62 later"),
]


class DutyView(CommandView):
    @extend_schema(parameters=_SPAN, responses=shapes.RosterOut)
    def get(self, request: Request) -> Response:
        """Who is on duty in a span of days."""
        found = queries.duty(day(request, "from"), day(request, "to"), self.actor)
        return Response(shapes.RosterOut({"results": found}).data)

    @extend_schema(request=inputs.DutyIn, responses={201: shapes.DutyOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put somebody on duty."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.DutyIn, request)
        coded = body | {"part": Part(body["part"]), "role": DutyRole(body["role"])}
        made = roster.assign(by=self.actor, **coded)
        return versioned(shapes.DutyOut(made).data, made.version, {}, status=201)


class ShiftView(HallView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, shift_id: UUID) -> Response:
        """Take somebody off the roster of a day to come."""
        roster.remove(shift_id=shift_id, by=self.actor)
        return Response(status=204)


class CoverView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.CoverIn, responses=shapes.DutyOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that somebody is absent, and who stands in."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.CoverIn, request)
        made = roster.cover(shift_id=kwargs["shift_id"], version=version, by=self.actor, **body)
        return versioned(shapes.DutyOut(made).data, made.version, {})


class SwapView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.SwapIn, responses=shapes.DutyOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Two people exchange their shifts."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.SwapIn, request)
        made = roster.swap(shift_id=kwargs["shift_id"], version=version, by=self.actor, **body)
        return versioned(shapes.DutyOut(made).data, made.version, {})


class DutyNoteView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.DutyNoteIn, responses=shapes.DutyOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A line in the shift's diary."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.DutyNoteIn, request)
        made = roster.note(shift_id=kwargs["shift_id"], version=version, by=self.actor, **body)
        return versioned(shapes.DutyOut(made).data, made.version, {})


class SinceOpeningView(HallView):
    @extend_schema(responses=shapes.SinceOpeningOut)
    def get(self, request: Request) -> Response:
        """What the desk took in and ended since its first day (C-75)."""
        return Response(shapes.SinceOpeningOut(since_opening(self.actor)).data)
