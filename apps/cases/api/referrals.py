"""Letters from and to other halls."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases import correspondence
from apps.cases.api import inputs, shapes
from apps.cases.api.answering import given, heads, one_of, paged, versioned
from apps.cases.services import receiving
from apps.staff.api.views import CommandView, HallView
from bancheng.city.exchange import queries as exchange
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match

_LIST = [
    OpenApiParameter("box", str, enum=["in", "out"]),
    OpenApiParameter("state", str, enum=["open", "all"]),
    OpenApiParameter("limit", int),
    OpenApiParameter("cursor", str),
]


class ReferralsView(HallView):
    tells_events = True

    @extend_schema(operation_id="referrals_list", parameters=_LIST, responses=shapes.ReferralsOut)
    def get(self, request: Request) -> Response:
        """Letters in the box (default `in`), newest first (default only open ones)."""
        headers = heads("referrals")
        box = one_of(request, "box", ("in", "out")) or "in"
        only_open = one_of(request, "state", ("open", "all")) != "all"
        rows = correspondence.box(box, only_open=only_open, by=self.actor)
        found = page(rows, order=correspondence.ORDER, request=request)
        shown = correspondence.shown([exchange.mail(row) for row in found.rows])
        return Response(paged(shapes.ReferralsOut, shown, found), headers=headers)


class ReferralView(HallView):
    tells_events = True

    @extend_schema(responses=shapes.ReferralOut)
    def get(self, request: Request, letter_id: UUID) -> Response:
        """One letter with what both halls wrote under it."""
        headers = heads("referrals")
        return _answer(letter_id, self.actor, headers)


class AcceptView(CommandView):
    precondition = Precondition.REQUIRED
    tells_events = True

    @extend_schema(request=inputs.AcceptIn, responses=shapes.ReferralOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take the case over: it becomes a case of this hall."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        letter_id, version = kwargs["letter_id"], if_match(request)
        body = given(inputs.AcceptIn, request)
        receiving.accept(letter_id=letter_id, version=version, by=self.actor, **body)
        return _answer(letter_id, self.actor, heads("referrals"))


class ReferralReturnView(CommandView):
    precondition = Precondition.REQUIRED
    tells_events = True

    @extend_schema(request=inputs.ReferralReturnIn, responses=shapes.ReferralOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Give the referral back with a coded reason."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        letter_id, version = kwargs["letter_id"], if_match(request)
        body = given(inputs.ReferralReturnIn, request)
        receiving.return_(letter_id=letter_id, version=version, by=self.actor, **body)
        return _answer(letter_id, self.actor, heads("referrals"))


def _answer(letter_id: UUID, by: Actor, headers: dict[str, str]) -> Response:
    shown = shapes.ReferralOut(correspondence.one(letter_id, by)).data
    return versioned(shown, shown["version"], headers)
