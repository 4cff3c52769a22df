"""Telling people, and marking what they have read.

notices.tell(Note("cases.arbiter_wanted", "case", case.id, case.number),
             to=To(roles=[Role.SHIFT_LEAD]), by=by)
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.notices.events import Told
from apps.notices.models import Notice
from apps.notices.permissions import visible, visible_to
from apps.staff import permissions as staff_permissions
from apps.staff import queries as staff
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox

__all__ = [
    "Note",
    "To",
    "forget",
    "mark_read",
    "reach",
    "ring",
    "tell",
    "tell_once",
    "unsay",
    "visible",
    "withdraw",
]

TAKEN_BACK = "notices.taken_back"
"""About a subject that its reader may not see any more: the line names its number only."""

declare([Parameter("notices.keep_days", "number", 90, "个人信息保护法 19", low=7, high=730)])


@dataclass(frozen=True, slots=True)
class Note:
    """What to tell. `kind` names the words in the front end, `params` fill them in. `of_version`:
    the version that the step gives its subject, where the step can be taken back."""

    kind: str
    subject: str
    subject_id: UUID | None = None
    number: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    of_version: int | None = None


@dataclass(frozen=True, slots=True)
class To:
    """Who hears of it: these posts, everybody with one of these roles, the people of a unit.

    `leads_only` narrows the unit to those who lead it.
    """

    posts: Iterable[UUID | None] = ()
    roles: Collection[Role] = ()
    unit: UUID | None = None
    leads_only: bool = False


def reach(to: To) -> list[UUID]:
    """The active posts that are meant, each once, in order."""
    unit_roles = [Role.DEPT_LEAD] if to.leads_only else [Role.DEPT_LEAD, Role.DEPT_HANDLER]
    return staff.post_ids(
        posts=[post for post in to.posts if post],
        roles=to.roles,
        unit=to.unit,
        unit_roles=unit_roles,
    )


@transaction.atomic
def tell(note: Note, *, to: To, by: Actor) -> list[UUID]:
    """Put a line on the list of each post that is meant, but not of who caused it; the posts.

    Part of the caller's transaction: what is rolled back was never told. Nobody may be told of a
    case that is not theirs to see: the caller names posts that it has checked, and the list looks
    again when it is read.
    """
    reached = [post for post in reach(to) if post != by.post_id]
    if not reached:
        return []
    at = clock.now()
    Notice.objects.bulk_create(
        Notice(
            post=post,
            kind=note.kind,
            subject=note.subject,
            subject_id=note.subject_id,
            number=note.number,
            params=dict(note.params),
            at=at,
            of_version=note.of_version,
        )
        for post in reached
    )
    outbox.publish(Told(tuple(reached)))
    return reached


@transaction.atomic
def tell_once(note: Note, *, to: To, by: Actor) -> list[UUID]:
    """The same for what comes of a message that may come twice."""
    if Notice.objects.filter(subject_id=note.subject_id, kind=note.kind).exists():
        return []
    return tell(note, to=to, by=by)


@transaction.atomic
def mark_read(*, ids: Collection[UUID] = (), everything: bool = False, by: Actor) -> int:
    """Mark one's own notices as read; how many were unread. Others' ids change nothing.

    Raises Invalid when neither ids nor all are named.
    """
    staff_permissions.require(by, "notices.read")
    if not ids and not everything:
        raise Invalid(errors={"ids": ["required"]})
    wanted = Q() if everything else Q(id__in=ids)
    mine = visible_to(by).filter(wanted, read_at__isnull=True).values("id")
    count = Notice.objects.filter(id__in=mine).update(read_at=clock.now())
    if count:
        detail = {"notices": count}
        audit.record("notices.read", subject="post", subject_id=by.post_id, by=by, detail=detail)
        live.publish([f"post:{by.post_id}"], live.Change("notices.read"))
    return count


@transaction.atomic
def ring(posts: Iterable[UUID]) -> None:
    """A hint on each post's own topic."""
    live.publish({f"post:{post}" for post in posts}, live.Change("notices.told"))


def unsay(subject_id: UUID, *, of_version: int, by: Actor) -> int:
    """Take back what was told because of a step that did not hold: exactly what names its version,
    nothing that anybody was told of something else meanwhile. Who has not read it never will; who
    has is told that it does not hold any more. How many lines were taken back. Part of the caller's
    transaction; the lines are locked, so that nobody reads one while it goes."""
    rows = Notice.objects.filter(subject_id=subject_id, of_version=of_version)
    said = list(rows.select_for_update().order_by("id"))
    unread = [one for one in said if one.read_at is None]
    Notice.objects.filter(id__in=[one.id for one in unread]).delete()
    for number in sorted({one.number for one in said if one.read_at is not None}):
        readers = [one.post for one in said if one.read_at is not None and one.number == number]
        tell(Note(TAKEN_BACK, "taken_back", subject_id, number), to=To(posts=readers), by=by)
    if unread:
        outbox.publish(Told(tuple(sorted({one.post for one in unread}))))
    return len(said)


def withdraw(subjects: Collection[UUID]) -> int:
    """Take back what anybody was told of these subjects; the lines deleted."""
    return Notice.objects.filter(subject_id__in=subjects).delete()[0]


def forget() -> int:
    """Delete what was read long enough ago, and what nobody read for twice as long."""
    kept = timedelta(days=parameters.number("notices.keep_days"))
    now = clock.now()
    old = Q(read_at__lt=now - kept) | Q(at__lt=now - 2 * kept)
    return Notice.objects.filter(old).delete()[0]
