"""Reading meetings. A case that the reader may not see stands on no agenda for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.cases import permissions as cases
from apps.cases.reading import references
from apps.cases.rules import Stage
from apps.work import permissions, queries
from apps.work.meeting_file import STEPS, steps_from
from apps.work.models import Meeting, WorkItem
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound

ORDER = ("-proposed_at", "-id")


def listed(by: Actor, *, state: str = "", case_id: UUID | None = None) -> QuerySet[Meeting]:
    """The meetings the actor may know of, to be paged by ORDER."""
    permissions.require(by, "meetings.read")
    rows = permissions.meetings_seen(by)
    if state:
        rows = rows.filter(state=state)
    if case_id:
        seen = cases.visible_to(by).filter(id=case_id).exists()
        rows = rows.filter(case_ids__contains=[case_id]) if seen else rows.none()
    return rows


def one(meeting_id: UUID, by: Actor) -> dict[str, Any]:
    """One meeting with what it resolved; raises NotFound."""
    meeting = listed(by).filter(id=meeting_id).first()
    if meeting is None:
        raise NotFound
    return detail(meeting, by)


def detail(meeting: Meeting, by: Actor) -> dict[str, Any]:
    """A meeting with minutes, drafts and resolutions, in the shape of the API."""
    seen = _seen([meeting], by)
    kept = WorkItem.objects.filter(meeting=meeting.id).order_by("case_id", "seq")
    mine = [item for item in kept if item.case_id in seen or item.unit == by.department_id]
    return summaries([meeting], by)[0] | {
        "minutes": meeting.minutes,
        "drafts": [
            draft
            for draft in meeting.drafts
            if UUID(draft["case"]) in seen or draft["unit"] == str(by.department_id)
        ],
        "special": meeting.special,
        "resolutions": queries.bodies(mine, by),
    }


def summaries(meetings: Sequence[Meeting], by: Actor) -> list[dict[str, Any]]:
    """Meetings as a list shows them: two queries."""
    seen = _seen(meetings, by)
    clocks = references.clocks_of([meeting.id for meeting in meetings])
    return [_summary(meeting, seen, clocks.get(meeting.id), by) for meeting in meetings]


def _seen(meetings: Sequence[Meeting], by: Actor) -> set[UUID]:
    wanted = {case_id for meeting in meetings for case_id in meeting.case_ids}
    return set(cases.visible_to(by).filter(id__in=wanted).values_list("id", flat=True))


def _summary(
    meeting: Meeting, seen: set[UUID], clock: dict[str, Any] | None, by: Actor
) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "number": number_of(meeting),
        "state": meeting.state,
        "topic": meeting.topic,
        "agenda": [row for row in meeting.agenda if UUID(row["id"]) in seen],
        "seats": meeting.seats,
        "lead_unit": {"id": meeting.lead_unit, "name": meeting.lead_unit_name},
        "proposer": {"id": meeting.proposer_post, "name": meeting.proposer_name},
        "proposed_at": meeting.proposed_at,
        "planned_at": meeting.planned_at,
        "place": meeting.place or None,
        "held_at": meeting.held_at,
        "issued_at": meeting.issued_at,
        "deadline": clock,
        "allowed_steps": allowed_steps(meeting, by),
        "version": meeting.version,
    }


@dataclass(frozen=True, slots=True)
class Effect:
    """M-31: resolutions due and done in time; days from request to meeting, the middle one."""

    meetings: int
    held: int
    days_to_meeting: int | None
    resolutions_due: int
    resolutions_in_time: int


def effect(first: date, last: date, by: Actor) -> Effect:
    """How effective joint meetings were, by the day they were proposed, and resolutions by the
    day they were due (M-31)."""
    permissions.require(by, "meetings.read")
    start = datetime.combine(first, time.min, clock.ZONE)
    end = datetime.combine(last + timedelta(days=1), time.min, clock.ZONE)
    rows = permissions.meetings_seen(by).filter(proposed_at__gte=start, proposed_at__lt=end)
    spans = list(rows.order_by("id").values_list("proposed_at", "held_at"))
    waited = sorted((held - asked).days for asked, held in spans if held is not None)
    due, in_time = references.kept_in_time(Stage.RESOLUTION, first, last)
    middle = waited[len(waited) // 2] if waited else None
    return Effect(len(spans), len(waited), middle, due, in_time)


def number_of(meeting: Meeting) -> str:
    """〔2026〕3号."""
    return f"〔{meeting.year}〕{meeting.number}号"


def allowed_steps(meeting: Meeting, by: Actor) -> list[str]:
    """The steps this actor can take now."""
    possible = steps_from(meeting.state)
    return [code for code in possible if permissions.may_step_meeting(by, meeting, STEPS[code][2])]
