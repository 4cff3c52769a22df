"""Urging, supervision and orders over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, paged, versioned, whole_case
from apps.cases.api.shapes import CaseOut
from apps.oversight import queries
from apps.oversight.api import inputs, shapes
from apps.oversight.api.asking import PAGE, wanted
from apps.oversight.rules import OrderKind, OrderReason, OrderState
from apps.oversight.services import orders, urging
from apps.oversight.services.orders import Wish
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match

_FILTERS = [
    OpenApiParameter("unit", UUID),
    OpenApiParameter("kind", str, enum=list(OrderKind)),
    OpenApiParameter("state", str, enum=list(OrderState)),
    *PAGE,
]


class UrgeView(CommandView):
    precondition = Precondition.REQUIRED
    tells_events = True

    @extend_schema(request=inputs.UrgeIn, responses=CaseOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Send a letter that asks to hurry (催办), once a working day."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.UrgeIn, request)
        case = urging.urge(case_id=kwargs["case_id"], version=version, by=self.actor, **body)
        return whole_case(case, self.actor)


class SupervisionView(CommandView):
    precondition = Precondition.REQUIRED
    tells_events = True

    @extend_schema(request=inputs.SupervisionIn, responses=CaseOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put the case under supervision (督办)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, wish = if_match(request), _wish(given(inputs.SupervisionIn, request))
        case = orders.supervise(
            case_id=kwargs["case_id"], version=version, wish=wish, by=self.actor
        )
        return whole_case(case, self.actor)


class OrdersView(CommandView):
    @extend_schema(parameters=_FILTERS, responses=shapes.OrdersOut)
    def get(self, request: Request) -> Response:
        """The orders that the asker may see, the newest first."""
        asked = wanted(request, kinds=OrderKind, states=OrderState)
        found = page(queries.orders(asked, self.actor), order=queries.ORDER_ORDER, request=request)
        shown = queries.shown_orders(found.rows, self.actor)
        return Response(paged(shapes.OrdersOut, shown, found))

    @extend_schema(request=inputs.RectifyIn, responses={201: shapes.OrderOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Order a unit to put something right, by a day and with proof (整改, C-40)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.RectifyIn, request)
        unit, case_id = body.pop("unit"), body.pop("case")
        made = orders.rectify(unit=unit, case_id=case_id, wish=_wish(body), by=self.actor)
        return versioned(_shown(made.id, self), made.version, {}, status=201)


class OrderView(HallView):
    @extend_schema(responses=shapes.OrderOut)
    def get(self, request: Request, order_id: UUID) -> Response:
        """One order with its rounds."""
        body = _shown(order_id, self)
        return versioned(body, body["version"], {})


class AnswerView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.OrderAnswerIn, responses=shapes.OrderOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say what was done, with proof."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.OrderAnswerIn, request)
        made = orders.answer(order_id=kwargs["order_id"], version=version, by=self.actor, **body)
        return versioned(_shown(made.id, self), made.version, {})


class OrderDecisionView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.OrderDecisionIn, responses=shapes.OrderOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Accept an answer, or send it back with a new due date."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.OrderDecisionIn, request)
        made = orders.decide(order_id=kwargs["order_id"], version=version, by=self.actor, **body)
        return versioned(_shown(made.id, self), made.version, {})


def _wish(body: dict[str, Any]) -> Wish:
    return Wish(**body | {"reason_code": OrderReason(body["reason_code"])})


def _shown(order_id: UUID, view: HallView) -> Any:
    return shapes.OrderOut(queries.order(order_id, view.actor)).data
