"""Pieces of work over HTTP: under a case, in one's inbox, one, a new one, a step."""

from datetime import date
from typing import Any
from uuid import UUID

from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
)
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import event_seq, given, heads, one_of, paged, versioned
from apps.staff.api.views import CommandView, HallView
from apps.work import queries
from apps.work.api import shapes
from apps.work.api.forms import body_of, parsed
from apps.work.kinds import BY_HAND, KINDS, STEP_CODES
from apps.work.services import opening, revealing, stepping
from bancheng.kernel import clock
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match
from bancheng.kernel.errors import Invalid

REVEALED_SECONDS = 300
_PAGE = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


class CaseWorkView(HallView):
    tells_events = True

    @extend_schema(responses=shapes.WorkOut, operation_id="cases_work_list")
    def get(self, request: Request, case_id: UUID) -> Response:
        """All work under a case, the newest first."""
        headers = heads(f"case:{case_id}")
        rows = queries.of_case(case_id, self.actor)
        return Response(shapes.WorkOut({"results": rows}).data, headers=headers)


class BeginView(CommandView):
    """Begin a piece of work of this kind; one for each unit where several are asked."""

    tells_events = True
    kind = ""

    def act(self, request: Request, **kwargs: Any) -> Response:
        begun = opening.begin(
            case_id=kwargs["case_id"], kind=self.kind, given=parsed(request), by=self.actor
        )
        rows = queries.bodies(begun.items, self.actor)
        body = shapes.WorkOut({"results": rows}).data
        return Response(body, status=201, headers=_seen(begun.heads))


class StepView(CommandView):
    """Take this step; what it says depends on the kind of work."""

    precondition = Precondition.REQUIRED
    tells_events = True
    step = ""

    def act(self, request: Request, **kwargs: Any) -> Response:
        done = stepping.step(
            item_id=kwargs["item_id"],
            version=if_match(request),
            code=self.step,
            given=parsed(request),
            by=self.actor,
        )
        body = shapes.WorkItemOut(queries.bodies(done.items, self.actor)[0]).data
        return versioned(body, done.items[0].version, _seen(done.heads))


def _seen(topics: dict[str, int]) -> dict[str, str]:
    """Nobody is told how often a topic moved that is not theirs to hear."""
    return event_seq({topic: seq for topic, seq in topics.items() if topic.startswith("case:")})


class WorkItemView(HallView):
    @extend_schema(responses=shapes.WorkItemOut)
    def get(self, request: Request, item_id: UUID) -> Response:
        """One piece of work and what the asker can do with it."""
        found = queries.one(item_id, self.actor)
        return versioned(shapes.WorkItemOut(found).data, found["version"], {})


class WorkRevealView(HallView):
    @extend_schema(request=shapes.WorkRevealIn, responses=shapes.WorkRevealOut)
    def post(self, request: Request, item_id: UUID) -> Response:
        """One sealed field in plain, on the record. Takes no Idempotency-Key: its answer is not
        kept."""
        body = given(shapes.WorkRevealIn, request)
        value = revealing.reveal(item_id=item_id, by=self.actor, **body)
        return Response({"value": value, "expires_in": REVEALED_SECONDS})


class InboxView(HallView):
    @extend_schema(
        parameters=[*_PAGE, OpenApiParameter("state", str, enum=["open", "ended"])],
        responses=shapes.WorkOut,
    )
    def get(self, request: Request) -> Response:
        """What was given to the asker or to their unit, the newest first."""
        ended = one_of(request, "state", ("open", "ended")) == "ended"
        rows = queries.inbox(self.actor, ended=ended)
        found = page(rows, order=queries.ORDER, request=request)
        return Response(paged(shapes.WorkOut, queries.bodies(found.rows, self.actor), found))


class FilingsView(HallView):
    @extend_schema(parameters=_PAGE, responses=shapes.WorkOut)
    def get(self, request: Request) -> Response:
        """What is on file with the hall's management body, the newest first (C-64)."""
        found = page(queries.filings(self.actor), order=queries.ORDER, request=request)
        return Response(paged(shapes.WorkOut, queries.bodies(found.rows, self.actor), found))


class FormsView(HallView):
    @extend_schema(responses=shapes.FormsOut)
    def get(self, request: Request) -> Response:
        """Every kind of work as forms ask for it."""
        return Response(shapes.FormsOut({"results": queries.forms(self.actor)}).data)


class NearbyView(HallView):
    @extend_schema(
        parameters=[
            OpenApiParameter("area", str),
            OpenApiParameter("on", date),
        ],
        responses=shapes.NearbyOut,
    )
    def get(self, request: Request) -> Response:
        """Who could visit an area on a day, those who are there already first (C-35)."""
        area = request.GET.get("area", "").strip()[:80]
        on = day_asked(request, "on", clock.today())
        found = queries.nearby(area, on, self.actor)
        return Response(shapes.NearbyOut({"results": found}).data)


def day_asked(request: Request, name: str, otherwise: date) -> date:
    """A day behind the question mark; raises Invalid for what is none."""
    text = request.GET.get(name, "")
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        raise Invalid(errors={name: ["invalid"]}) from None


def beginning(code: str) -> type[BeginView]:
    """The view that begins a kind, with its body in the description."""
    kind = KINDS[code]
    schema = extend_schema(
        request=body_of(kind.asks), responses={201: shapes.WorkOut}, description=BeginView.__doc__
    )
    view = type(f"Begin{code.title()}View", (BeginView,), {"kind": code})
    decorated: type[BeginView] = extend_schema_view(post=schema)(view)
    return decorated


def stepping_view(code: str) -> type[StepView]:
    """The view of a step, with the bodies of all kinds that have it."""
    bodies = [body_of(step.given) for kind in KINDS.values() if (step := kind.step(code))]
    several = list({body.__name__: body for body in bodies}.values())
    request = several[0] if len(several) == 1 else _either(code, several)
    schema = extend_schema(
        request=request, responses=shapes.WorkItemOut, description=StepView.__doc__
    )
    view = type(f"{code.title()}StepView", (StepView,), {"step": code})
    decorated: type[StepView] = extend_schema_view(post=schema)(view)
    return decorated


def _either(code: str, bodies: list[Any]) -> PolymorphicProxySerializer:
    name = "".join(part.title() for part in code.split("_"))
    return PolymorphicProxySerializer(
        component_name=f"{name}WorkIn", serializers=bodies, resource_type_field_name=None
    )


BEGIN = {code: beginning(code) for code in BY_HAND}
STEPS = {code: stepping_view(code) for code in STEP_CODES}
