"""Joint meetings over HTTP (C-14)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import one_of, paged, versioned
from apps.cases.api.inputs import choice
from apps.cases.api.kept import DataField
from apps.cases.api.shapes import ClockOut, NamedRefOut, maybe, moment
from apps.staff.api.views import CommandView, HallView
from apps.work import meeting_queries
from apps.work.api.forms import answer_of, body_of, parsed
from apps.work.api.shapes import WorkItemsField
from apps.work.api.work import day_asked
from apps.work.meeting_file import STATES, STEPS, Draft, Proposed, Seat
from apps.work.services import meetings
from bancheng.kernel import clock
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match
from bancheng.kernel.errors import Invalid

_FILTERS = [
    OpenApiParameter("limit", int),
    OpenApiParameter("cursor", str),
    OpenApiParameter("state", str, enum=list(STATES)),
    OpenApiParameter("case", UUID),
]


class AgendaOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()


class MeetingSummaryOut(serializers.Serializer[Any]):
    """`agenda` holds the cases the asker may see, no more."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    state = choice(*STATES)
    topic = serializers.CharField()
    agenda = AgendaOut(many=True)
    seats = answer_of(Seat)(many=True)
    lead_unit = NamedRefOut()
    proposer = NamedRefOut()
    proposed_at = serializers.DateTimeField()
    planned_at = moment()
    place = maybe()
    held_at = moment()
    issued_at = moment()
    deadline = ClockOut(allow_null=True)
    allowed_steps = serializers.ListField(child=choice(*STEPS))
    version = serializers.IntegerField()


class MeetingOut(MeetingSummaryOut):
    """`drafts` are the resolutions until the minutes are issued, `resolutions` what became of
    them; `special` is what the leader in charge was asked and decided."""

    minutes = serializers.CharField()
    drafts = answer_of(Draft)(many=True)
    special = DataField()
    resolutions = WorkItemsField()


class MeetingsOut(serializers.Serializer[Any]):
    results = MeetingSummaryOut(many=True)
    next = maybe()


class MeetingsView(CommandView):
    @extend_schema(parameters=_FILTERS, responses=MeetingsOut)
    def get(self, request: Request) -> Response:
        """The joint meetings the asker may know of, the newest first."""
        state = one_of(request, "state", STATES)
        rows = meeting_queries.listed(self.actor, state=state, case_id=_case(request))
        found = page(rows, order=meeting_queries.ORDER, request=request)
        shown = meeting_queries.summaries(found.rows, self.actor)
        return Response(paged(MeetingsOut, shown, found))

    @extend_schema(request=body_of(Proposed), responses={201: MeetingOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Propose a meeting about one case or several."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = parsed(request)(Proposed)
        made = meetings.propose(wanted=wanted, by=self.actor)
        body = MeetingOut(meeting_queries.detail(made, self.actor)).data
        return versioned(body, made.version, {}, status=201)


def _case(request: Request) -> UUID | None:
    value = request.GET.get("case")
    try:
        return UUID(value) if value else None
    except ValueError:
        raise Invalid(errors={"case": ["invalid"]}) from None


class EffectOut(serializers.Serializer[Any]):
    """M-31, with its sample sizes."""

    meetings = serializers.IntegerField()
    held = serializers.IntegerField()
    days_to_meeting = serializers.IntegerField(allow_null=True)
    resolutions_due = serializers.IntegerField()
    resolutions_in_time = serializers.IntegerField()


class EffectView(HallView):
    @extend_schema(
        parameters=[OpenApiParameter("from", date), OpenApiParameter("to", date)],
        responses=EffectOut,
    )
    def get(self, request: Request) -> Response:
        """How effective the meetings of a span of days were (M-31); by default the last 90."""
        last = day_asked(request, "to", clock.today())
        first = day_asked(request, "from", last - timedelta(days=90))
        return Response(EffectOut(meeting_queries.effect(first, last, self.actor)).data)


class MeetingView(HallView):
    @extend_schema(responses=MeetingOut)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """One meeting with seats, minutes and resolutions."""
        found = meeting_queries.one(meeting_id, self.actor)
        return versioned(MeetingOut(found).data, found["version"], {})


class MeetingStepView(CommandView):
    """Take this step of a meeting."""

    precondition = Precondition.REQUIRED
    step = ""

    def act(self, request: Request, **kwargs: Any) -> Response:
        done = meetings.step(
            meeting_id=kwargs["meeting_id"],
            version=if_match(request),
            code=self.step,
            given=parsed(request),
            by=self.actor,
        )
        body = MeetingOut(meeting_queries.detail(done, self.actor)).data
        return versioned(body, done.version, {})


def _step_view(code: str) -> type[MeetingStepView]:
    schema = extend_schema(
        request=body_of(STEPS[code][1]), responses=MeetingOut, description=MeetingStepView.__doc__
    )
    view = type(f"Meeting{code.title()}View", (MeetingStepView,), {"step": code})
    decorated: type[MeetingStepView] = extend_schema_view(post=schema)(view)
    return decorated


MEETING_STEPS = {code: _step_view(code) for code in STEPS}
