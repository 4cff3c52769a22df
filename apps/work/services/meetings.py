"""A joint meeting is proposed from cases and brought to signed minutes (C-14, M-31)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases import permissions as cases
from apps.cases.details import Detail
from apps.cases.rules import Stage, State
from apps.cases.services import recording
from apps.work import meeting_queries, permissions
from apps.work.details import MeetingMoved
from apps.work.errors import NoAgenda, OutOfMeeting
from apps.work.meeting_file import STEPS, Proposed, Seat, after
from apps.work.models import Meeting
from apps.work.services import people, table, telling
from apps.work.services.numbering import next_number
from apps.work.services.resolving import resolve
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale

Given = Callable[[type[Detail]], Detail]


@transaction.atomic
def propose(*, wanted: Proposed, by: Actor) -> Meeting:
    """Ask for a meeting about cases the actor sees; the clock to hold it starts in each (§2.2 F).

    Units are invited besides the lead unit and the proposer's own. Raises Forbidden, NoAgenda,
    Invalid.
    """
    permissions.require(by, "meetings.propose")
    agenda = _agenda(wanted, by)
    seats = _seats(wanted, agenda, by)
    year, number = next_number("meeting")
    meeting = Meeting(
        year=year,
        number=number,
        state="proposed",
        topic=wanted.topic,
        case_ids=[case.id for case in agenda],
        agenda=[{"id": str(one.id), "number": one.number, "title": one.title} for one in agenda],
        seats=[seat.as_json() for seat in seats],
        lead_unit=seats[0].unit,
        lead_unit_name=seats[0].name,
        proposer_post=by.post_id,
        proposer_name=by.name,
    )
    meeting.save(force_insert=True)
    telling.meeting_proposed(meeting, by)
    owner = recording.Owner(meeting.lead_unit, meeting.lead_unit_name)
    for case in agenda:
        start = recording.ItemClock(meeting.id, Stage.MEETING, owner)
        recording.write(case, _line(meeting, "propose", by, start=(start,)), by)
    return meeting


def _agenda(wanted: Proposed, by: Actor) -> list[recording.Locked]:
    """The open cases, locked in order; each must be visible, or none of them is told of."""
    ids = set(wanted.cases)
    seen = cases.visible_to(by).filter(id__in=ids).values_list("id", flat=True)
    found = recording.take_all(seen)
    if not ids or {case.id for case in found} != ids:
        raise NoAgenda
    if any(case.state == State.CLOSED for case in found):
        raise NoAgenda
    return found


def _seats(wanted: Proposed, agenda: list[recording.Locked], by: Actor) -> list[Seat]:
    """The lead unit first: the one named, else that of the first case, else the first invited."""
    lead = wanted.lead_unit or agenda[0].lead_unit
    asked = [lead, *wanted.units, by.department_id]
    named = people.units([unit for unit in asked if unit is not None], "units")
    if not named:
        raise NoAgenda
    return [Seat(unit.id, unit.name) for unit in named if unit.id is not None]


@transaction.atomic
def step(*, meeting_id: UUID, version: int, code: str, given: Given, by: Actor) -> Meeting:
    """Take a step of a visible meeting; the locks of its cases come first.

    Raises NotFound, Stale, Forbidden, OutOfMeeting and what the step refuses.
    """
    meeting, agenda = taken(meeting_id, by)
    if meeting.version != version:
        raise Stale(current=meeting.version)
    _, shape, whose = STEPS[code]
    permissions.require_meeting_step(by, meeting, code, whose)
    meeting.state = _next(meeting, code, by)
    said = given(shape)
    unit = _ACTS[code](meeting, said, by) or ""
    meeting.version += 1
    meeting.save(force_update=True)
    telling.meeting_moved(meeting, code, by)
    ends = _CLOCK.get(code)
    stop = ((meeting.id, ends),) if ends else ()
    for case in agenda:
        recording.write(case, _line(meeting, code, by, stop=stop, unit=unit), by)
    if code == "issue":
        resolve(meeting, agenda, by)
    return meeting


_CLOCK = {"hold": "done", "cancel": "dropped"}


def taken(meeting_id: UUID, by: Actor) -> tuple[Meeting, list[recording.Locked]]:
    """The meeting and the open cases of its agenda, locked, the cases first; raises NotFound."""
    seen = permissions.meetings_seen(by).filter(id=meeting_id)
    case_ids = seen.values_list("case_ids", flat=True).first()
    if case_ids is None:
        raise NotFound
    agenda = [case for case in recording.take_all(case_ids) if case.state != State.CLOSED]
    meeting = seen.select_for_update().order_by("id").first()
    if meeting is None:
        raise NotFound
    return meeting, agenda


def _next(meeting: Meeting, code: str, by: Actor) -> str:
    try:
        return after(meeting.state, code)
    except OutOfMeeting:
        allowed = meeting_queries.allowed_steps(meeting, by)
        raise OutOfMeeting(state=meeting.state, step=code, allowed=allowed) from None


def _call(meeting: Meeting, said: Any, by: Actor) -> None:
    meeting.planned_at, meeting.place = said.planned_at, said.place


def _cancel(meeting: Meeting, said: Any, by: Actor) -> None:
    meeting.special = {"cancelled": said.reason}


def _ask_special(meeting: Meeting, said: Any, by: Actor) -> None:
    meeting.special = {**said.as_json(), "asked_at": clock.now().isoformat()}


def _decide_special(meeting: Meeting, said: Any, by: Actor) -> None:
    """What the leader decided stands above a unit's no; the units sign again."""
    meeting.special = meeting.special | {"decision": said.decision, "decided_by": by.name}
    table.unsign(meeting)


Act = Callable[[Meeting, Any, Actor], str | None]
_ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "call": _call,
        "hold": table.hold,
        "opine": table.opine,
        "minute": table.minute,
        "sign": table.sign,
        "ask_special": _ask_special,
        "decide_special": _decide_special,
        "issue": table.issue,
        "cancel": _cancel,
    }
)


def _line(
    meeting: Meeting,
    code: str,
    by: Actor,
    *,
    start: tuple[recording.ItemClock, ...] = (),
    stop: tuple[recording.Stop, ...] = (),
    unit: str = "",
) -> recording.Written:
    detail = MeetingMoved(meeting.id, meeting_queries.number_of(meeting), meeting.state, unit)
    return recording.Written(
        kind=f"meeting.{code}",
        detail=detail,
        unit=people.unit_name(by),
        start=start,
        stop=stop,
        units=tuple(UUID(seat["unit"]) for seat in meeting.seats),
    )
