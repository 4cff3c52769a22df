"""What hangs on a post or a department, and how it passes to another: other apps register here.

A person who leaves stays accountable for nothing (C-61): either somebody takes it all on, in the
same transaction in which the post ends, or the post does not end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.staff.errors import CannotTakeOver, StillHolding
from bancheng.kernel.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class Heir:
    """Who takes on what somebody leaves: an active post or department."""

    id: UUID
    name: str
    roles: frozenset[Role] = frozenset()
    department: UUID | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that hangs on somebody. Without `pass_on` it must be ended first; `fits`
    says whether somebody could take it on."""

    name: str
    count: Callable[[UUID], int]
    pass_on: Callable[[UUID, Heir, Actor], None] | None = None
    fits: Callable[[UUID, Heir], bool] = lambda _leaving, _heir: True


@dataclass(frozen=True, slots=True)
class Holding:
    """So many of a kind; `movable` when they can be handed over."""

    kind: str
    count: int
    movable: bool


_posts: dict[str, Kind] = {}
_departments: dict[str, Kind] = {}


def on_posts(kinds: Iterable[Kind]) -> None:
    """Register what hangs on posts."""
    _posts.update({kind.name: kind for kind in kinds})


def on_departments(kinds: Iterable[Kind]) -> None:
    """Register what hangs on departments."""
    _departments.update({kind.name: kind for kind in kinds})


def of_post(post_id: UUID) -> list[Holding]:
    """What hangs on a post, by kind, without what does not."""
    return _of(_posts, post_id)


def of_department(department_id: UUID) -> list[Holding]:
    """What hangs on a department, by kind, without what does not."""
    return _of(_departments, department_id)


def leave_post(post_id: UUID, heir: Heir | None, by: Actor) -> list[Holding]:
    """Pass on all that hangs on a post; raises StillHolding, CannotTakeOver."""
    return _leave(_posts, post_id, heir, by)


def leave_department(department_id: UUID, heir: Heir | None, by: Actor) -> list[Holding]:
    """Pass on all that hangs on a department; raises StillHolding, CannotTakeOver."""
    return _leave(_departments, department_id, heir, by)


def _of(kinds: dict[str, Kind], leaving: UUID) -> list[Holding]:
    counted = [(kind, kind.count(leaving)) for _, kind in sorted(kinds.items())]
    return [Holding(kind.name, count, kind.pass_on is not None) for kind, count in counted if count]


def _leave(kinds: dict[str, Kind], leaving: UUID, heir: Heir | None, by: Actor) -> list[Holding]:
    held = _of(kinds, leaving)
    stuck = [one for one in held if heir is None or not one.movable]
    if stuck:
        raise StillHolding(holdings={one.kind: one.count for one in stuck})
    if heir is None:
        return []
    unfit = [one.kind for one in held if not kinds[one.kind].fits(leaving, heir)]
    if unfit:
        raise CannotTakeOver(kinds=unfit)
    for one in held:
        pass_on = kinds[one.kind].pass_on
        if pass_on is not None:
            pass_on(leaving, heir, by)
    return held
