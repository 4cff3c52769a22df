"""Who hears of a card or a standstill, and when: never outside working time (peers.md §8 item 7).

yellow → the owner · orange → and the unit's lead · red → and the shift's lead
black  → and the supervisor and the hall's administrator          (parameter oversight.ladder.*)
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from apps.notices import services as notices
from apps.notices.services import Note, To
from apps.oversight.rules import Audience
from bancheng.city.calendar.moments import in_hall_time
from bancheng.city.calendar.queries import Timekeeping
from bancheng.city.parameters import queries as parameters
from bancheng.kernel.actor import SYSTEM, Role

_ROLES = {
    Audience.SHIFT_LEAD: Role.SHIFT_LEAD,
    Audience.SUPERVISOR: Role.SUPERVISOR,
    Audience.HALL_ADMIN: Role.HALL_ADMIN,
}


def quiet(now: datetime, time: Timekeeping) -> bool:
    """True while nobody is to be told: what came up is told at the next opening."""
    if not parameters.switch("oversight.quiet_outside_hours"):
        return False
    at = in_hall_time(now)
    if not time.calendar.works(at.date()):
        return True
    return not any(opens <= at < closes for opens, closes in time.hours.spans(at.date()))


def climb(
    note: Note, audiences: Iterable[Audience], *, unit: UUID | None, person: UUID | None
) -> list[UUID]:
    """Tell everybody on these rungs once; the posts reached. Part of the caller's transaction."""
    wanted = list(audiences)
    reached = {post for one in wanted for post in notices.reach(_who(one, unit, person))}
    if Audience.OWNER in wanted and not reached:
        reached = set(notices.reach(To(roles=[Role.DESK_OFFICER, Role.SHIFT_LEAD])))
    return notices.tell(note, to=To(posts=sorted(reached)), by=SYSTEM)


def _who(audience: Audience, unit: UUID | None, person: UUID | None) -> To:
    match audience:
        case Audience.OWNER:
            return _owner(unit, person)
        case Audience.UNIT_LEAD if unit is not None:
            return To(unit=unit, leads_only=True)
        case Audience.UNIT_LEAD:
            return To(roles=[Role.SHIFT_LEAD])
        case _:
            return To(roles=[_ROLES[audience]])


def _owner(unit: UUID | None, person: UUID | None) -> To:
    """The person who answers for it, else the unit's people, else the desk's."""
    if person is not None and notices.reach(To(posts=[person])):
        return To(posts=[person])
    return To(unit=unit) if unit is not None else To(roles=[Role.DESK_OFFICER])


def topics(case_ids: Iterable[UUID], units: Sequence[UUID | None]) -> set[str]:
    """The pages that look again when cards or orders of these cases change."""
    named = {f"case:{case}" for case in case_ids} | {f"dept:{unit}" for unit in units if unit}
    return named | {"board", "desk"}
