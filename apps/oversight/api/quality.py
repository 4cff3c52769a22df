"""Checks against formalism and the audit of replies, over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, paged, versioned
from apps.oversight import queries
from apps.oversight.api import inputs, shapes
from apps.oversight.api.asking import PAGE, wanted
from apps.oversight.rules import CheckKind, CheckState
from apps.oversight.services import quality
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match

KINDS = ("findings", *CheckKind)
_FILTERS = [
    OpenApiParameter("kind", str, enum=KINDS),
    OpenApiParameter("state", str, enum=list(CheckState)),
    *PAGE,
]


class ChecksView(HallView):
    @extend_schema(parameters=_FILTERS, responses=shapes.ChecksOut)
    def get(self, request: Request) -> Response:
        """Suspicions and replies to judge, the newest first."""
        rows = queries.checks(wanted(request, kinds=KINDS, states=CheckState), self.actor)
        found = page(rows, order=queries.CHECK_ORDER, request=request)
        shown = queries.shown_checks(found.rows, self.actor)
        return Response(paged(shapes.ChecksOut, shown, found))


class CheckView(HallView):
    @extend_schema(responses=shapes.CheckOut)
    def get(self, request: Request, check_id: UUID) -> Response:
        """One check with the reply it is about."""
        body = _shown(check_id, self)
        return versioned(body, body["version"], {})


class LookView(CommandView):
    @extend_schema(request=None, responses=shapes.ChecksFoundOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Look through the last 90 days now (C-80)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return Response({"found": quality.look(by=self.actor)})


class SampleView(CommandView):
    @extend_schema(request=inputs.CheckSampleIn, responses=shapes.ChecksFoundOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Draw a month's sample of replies to judge (C-92)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        month = date.fromisoformat(f"{given(inputs.CheckSampleIn, request)['month']}-01")
        return Response({"found": quality.draw(month=month, by=self.actor)})


class ReviewView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.CheckReviewIn, responses=shapes.CheckOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Confirm a suspicion or dismiss it."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.CheckReviewIn, request)
        confirmed, ident = body["decision"] == "confirmed", kwargs["check_id"]
        check = quality.review(
            check_id=ident, version=version, confirmed=confirmed, note=body["note"], by=self.actor
        )
        return versioned(_shown(check.id, self), check.version, {})


class ScoreView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.CheckScoreIn, responses=shapes.CheckOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Judge a reply by the five questions."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.CheckScoreIn, request)
        check = quality.score(check_id=kwargs["check_id"], version=version, by=self.actor, **body)
        return versioned(_shown(check.id, self), check.version, {})


def _shown(check_id: UUID, view: HallView) -> Any:
    return shapes.CheckOut(queries.check(check_id, view.actor)).data
