"""What the intake reads beside a case: who came before, where it belongs, who decides, figures."""

from datetime import date
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.accountability import matrix, routing
from apps.cases.api import intake_shapes as shapes
from apps.cases.api.answering import given
from apps.cases.api.figures_shapes import FiguresOut
from apps.cases.api.intake_inputs import CheckIn, MatrixIn
from apps.cases.intake import figures as intake_figures
from apps.cases.services import checking
from apps.staff.api.views import CommandView, HallView
from bancheng.city.catalogue.authority import Decider, Evidence
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import Level

_SPAN = [OpenApiParameter("from", date, required=True), OpenApiParameter("to", date, required=True)]


class CheckView(HallView):
    @extend_schema(request=CheckIn, responses=shapes.CheckedOut)
    def post(self, request: Request) -> Response:
        """Whether this person came before, as a number and with the cases that the asker may see.
        Takes no Idempotency-Key: its answer is not kept."""
        body = given(CheckIn, request)
        found = checking.check(
            phone=body["phone"],
            id_number=body["id_number"],
            item=body["service_item"],
            matter=body["matter"],
            by=self.actor,
        )
        return Response(shapes.CheckedOut(found).data)


class RoutingView(HallView):
    @extend_schema(responses=shapes.RoutingOut)
    def get(self, request: Request, case_id: UUID) -> Response:
        """Which department or which hall above decides, by the authority matrix."""
        return Response(shapes.RoutingOut(routing.of_case(case_id, self.actor)).data)


class CandidatesView(HallView):
    @extend_schema(responses=shapes.CandidatesOut)
    def get(self, request: Request, case_id: UUID) -> Response:
        """Cases of the same person that look like the same matter."""
        rows = routing.candidates_of(case_id, self.actor)
        return Response(shapes.CandidatesOut({"results": rows}).data)


class MatrixView(CommandView):
    @extend_schema(responses=shapes.MatrixOut)
    def get(self, request: Request) -> Response:
        """Who decides which item, at which level, from when until when."""
        return Response(shapes.MatrixOut({"results": matrix.rows(self.actor)}).data)

    @extend_schema(request=MatrixIn, responses=shapes.ItemMatrixOut)
    def post(self, request: Request, **kwargs: object) -> Response:
        """Replace one item's rows; the city's hall only."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: object) -> Response:
        body = given(MatrixIn, request)
        item = body["item"]
        made = matrix.put(
            item=item,
            deciders=_deciders(item, body["deciders"]),
            evidence=_evidence(body["evidence"]),
            by=self.actor,
        )
        return Response(shapes.ItemMatrixOut(made).data)


def _deciders(item: str, rows: list[dict[str, Any]] | None) -> list[Decider] | None:
    if rows is None:
        return None
    return [Decider(item=item, **row | {"level": Level(row["level"])}) for row in rows]


def _evidence(rows: list[dict[str, str]] | None) -> list[Evidence] | None:
    return None if rows is None else [Evidence(**row) for row in rows]


class FiguresView(HallView):
    @extend_schema(parameters=_SPAN, responses=FiguresOut)
    def get(self, request: Request) -> Response:
        """Who pushed people here, first-choice misuse, visits, changes of cause, late demands."""
        first, last = _day(request, "from"), _day(request, "to")
        if last < first:
            raise Invalid(errors={"to": ["before_from"]})
        return Response(FiguresOut(intake_figures.figures(first, last, self.actor)).data)


def _day(request: Request, name: str) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        raise Invalid(errors={name: ["invalid"]}) from None
