"""Cards and standstills over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, heads, paged, versioned
from apps.oversight import queries
from apps.oversight.api import inputs, shapes
from apps.oversight.api.asking import PAGE, wanted
from apps.oversight.rules import CardState, StallKind
from apps.oversight.services import appeals
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match

_CARDS = [
    OpenApiParameter("unit", UUID),
    OpenApiParameter("level", str, enum=shapes.LEVELS),
    OpenApiParameter("state", str, enum=list(CardState)),
    OpenApiParameter("running", bool, description="whether the clock still runs"),
    *PAGE,
]
_STALLS = [OpenApiParameter("kind", str, enum=list(StallKind)), OpenApiParameter("running", bool)]


class CardsView(HallView):
    @extend_schema(parameters=_CARDS, responses=shapes.CardsOut)
    def get(self, request: Request) -> Response:
        """The cards that the asker may see, the newest first."""
        asked = wanted(request, levels=shapes.LEVELS, states=CardState)
        rows = queries.cards(asked, self.actor)
        found = page(rows, order=queries.CARD_ORDER, request=request)
        shown = queries.shown_cards(found.rows, self.actor)
        return Response(paged(shapes.CardsOut, shown, found))


class CardView(HallView):
    @extend_schema(responses=shapes.CardOut)
    def get(self, request: Request, card_id: UUID) -> Response:
        """One card: which rule, which moment, whose it was."""
        body = shapes.CardOut(queries.card(card_id, self.actor)).data
        return versioned(body, body["version"], {})


class AppealView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.CardAppealIn, responses=shapes.CardOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say why a card should not count."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.CardAppealIn, request)
        card = appeals.appeal(card_id=kwargs["card_id"], version=version, by=self.actor, **body)
        return versioned(_shown(card.id, self), card.version, {})


class CardDecisionView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.CardDecisionIn, responses=shapes.CardOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Lift a card that was appealed, or let it stand."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.CardDecisionIn, request)
        card = appeals.decide(card_id=kwargs["card_id"], version=version, by=self.actor, **body)
        return versioned(_shown(card.id, self), card.version, {})


def _shown(card_id: UUID, view: HallView) -> Any:
    return shapes.CardOut(queries.card(card_id, view.actor)).data


class StallsView(HallView):
    @extend_schema(parameters=[*_STALLS, *PAGE], responses=shapes.StallsOut)
    def get(self, request: Request) -> Response:
        """Cases that stood still, the newest first (C-43, C-90; C-30 for urgent ones)."""
        rows = queries.stalls(wanted(request, kinds=StallKind), self.actor)
        found = page(rows, order=queries.STALL_ORDER, request=request)
        shown = queries.shown_stalls(found.rows, self.actor)
        return Response(paged(shapes.StallsOut, shown, found))


class CaseOversightView(HallView):
    tells_events = True

    @extend_schema(responses=shapes.CaseOversightOut)
    def get(self, request: Request, case_id: UUID) -> Response:
        """Cards, orders and standstills of one case, and what the asker can do about it."""
        headers = heads(f"case:{case_id}")
        body = shapes.CaseOversightOut(queries.of_case(case_id, self.actor)).data
        return Response(body, headers=headers)
