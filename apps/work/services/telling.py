"""Who hears of a piece of work under their bell."""

from collections.abc import Iterable

from apps.notices import services as notices
from apps.notices.services import Note, To
from apps.work.models import WorkItem
from bancheng.kernel.actor import Actor


def asked(items: Iterable[WorkItem], number: str, by: Actor) -> None:
    """Who is asked hears that something is asked of them."""
    for item in items:
        _tell("work.asked", item, number, by, _asked_of(item))


def moved(item: WorkItem, number: str, step: str, by: Actor) -> None:
    """Who began it hears of a step; so do those asked, unless the step was theirs."""
    to = [To(posts=[item.opener_post])]
    if by.post_id != item.post and by.department_id != item.unit:
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
