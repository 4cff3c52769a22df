"""Who hears of a piece of work under their bell."""

from collections.abc import Iterable
from uuid import UUID

from apps.notices import services as notices
from apps.notices.services import Note, To
from apps.work.models import Meeting, WorkItem
from bancheng.kernel.actor import Actor, Role


def asked(items: Iterable[WorkItem], number: str, by: Actor) -> None:
    """Who is asked hears that something is asked of them."""
    for item in items:
        _tell("work.asked", item, number, by, _asked_of(item))


def moved(item: WorkItem, number: str, step: str, by: Actor) -> None:
    """Who began it hears of a step; so do those asked, unless the step was theirs."""
    to = [To(posts=[item.opener_post])]
    by_post = item.post is not None and by.post_id == item.post
    by_unit = item.unit is not None and by.department_id == item.unit
    if not (by_post or by_unit):
        to += _asked_of(item)
    _tell("work.moved", item, number, by, to, step=step)


def reminded(item: WorkItem, number: str, by: Actor) -> None:
    """Who has to see to it hears that the day is near."""
    _tell("work.near", item, number, by, [To(posts=[item.opener_post]), *_asked_of(item)])


def _asked_of(item: WorkItem) -> list[To]:
    found = [To(posts=[item.post])] if item.post else []
    return found + [To(unit=unit) for unit in (item.unit, *item.members) if unit]


def _tell(
    kind: str, item: WorkItem, number: str, by: Actor, to: Iterable[To], step: str = ""
) -> None:
    params = {"kind": item.kind, "title": item.title, "state": item.state, "step": step}
    note = Note(kind, "work", item.id, number, params)
    reached = {post for one in to for post in notices.reach(one)}
    notices.tell(note, to=To(posts=sorted(reached)), by=by)


def meeting_proposed(meeting: Meeting, by: Actor) -> None:
    """Who may call a meeting hears that one is wanted."""
    _of_meeting("meeting.proposed", meeting, by, To(roles=[Role.SHIFT_LEAD, Role.HALL_ADMIN]))


def meeting_moved(meeting: Meeting, code: str, by: Actor) -> None:
    """The units hear when they have to come, to sign, to act; the proposer hears all of it."""
    units = [UUID(seat["unit"]) for seat in meeting.seats] if code in _TOLD_TO_ALL else []
    to = [To(posts=[meeting.proposer_post]), *(To(unit=unit) for unit in units)]
    reached = {post for one in to for post in notices.reach(one)}
    _of_meeting("meeting.moved", meeting, by, To(posts=sorted(reached)), code)


_TOLD_TO_ALL = ("call", "minute", "issue", "cancel", "decide_special")


def _of_meeting(kind: str, meeting: Meeting, by: Actor, to: To, step: str = "") -> None:
    number = f"〔{meeting.year}〕{meeting.number}"
    params = {"step": step, "state": meeting.state, "topic": meeting.topic[:80]}
    notices.tell(Note(kind, "meeting", meeting.id, number, params), to=to, by=by)
