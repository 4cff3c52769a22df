"""Counting running clocks again when days, hours, years or limits are decided differently.

It finds its own work and may be cut short at any case: a clock remembers the calendar it was
counted by, so what is left is what was counted by another one (domain.md §3.8 item 10).
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction

from apps.cases.models import Case, Deadline
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, move
from apps.cases.timekeeping.details import MovedDate, Recomputed
from apps.cases.timekeeping.reckoning import Moved
from apps.notices import queries as told
from apps.notices import services as notices
from bancheng.city.calendar import queries as calendar
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import here

BATCH = 200
_ASK_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many cases were counted again, how many of them moved, and how many are left."""

    counted: int
    moved: int
    left: int


def recount(*, limit: int = BATCH, by: Actor = SYSTEM) -> Progress:
    """Count the next cases again, each in its own transaction; call again while any are left."""
    waiting = _waiting()
    chosen = waiting[:limit]
    moved = sum(_recount(case_id, by) for case_id in chosen)
    return Progress(len(chosen), moved, len(waiting) - len(chosen))


def recount_all() -> None:
    """Everything that is left, and what it asks of the administrators."""
    left = recount().left
    while left:
        before, left = left, recount().left
        if left >= before:
            break
    ask_for_years()


def _waiting() -> list[UUID]:
    """The cases with a running clock counted by another calendar than the present one."""
    revision = calendar.timekeeping().revision
    rows = Deadline.objects.filter(ended="").exclude(reckoned=revision)
    return list(rows.order_by("case_id").values_list("case_id", flat=True).distinct())


@transaction.atomic
def _recount(case_id: UUID, by: Actor) -> bool:
    """Whether a date of the case moved. One that did not leaves no line behind."""
    case = Case.objects.select_for_update().filter(id=case_id).order_by("id").first()
    if case is None:
        return False
    clocks = Clocks.of(case)
    moved = clocks.recount()
    if not moved:
        clocks.write()
        return False
    detail = Recomputed(tuple(_told(one) for one in moved))
    move(case, Line("deadline_recomputed", None, "", detail), by, clocks=clocks)
    rollups.mark_dirty(*{one.before for one in moved}, *{one.after for one in moved})
    return True


def _told(one: Moved) -> MovedDate:
    return MovedDate(one.stage, one.before, one.after, one.before_at, one.after_at, one.reason)


@transaction.atomic
def ask_for_years() -> list[int]:
    """Tell the hall's and the city's administrators of years whose notice is missing while
    promises run into them; the years told of. At most once in thirty days for each."""
    rows = Deadline.objects.filter(ended="", provisional=True)
    missing = {day.year for day in rows.values_list("due_on", flat=True).distinct()}
    missing -= calendar.timekeeping().calendar.years
    unheard = [year for year in sorted(missing) if not _known(year)]
    for year in unheard:
        subject = _subject(year)
        note = notices.Note("calendar.year_missing", "calendar", subject, str(year), {"year": year})
        to = notices.To(roles=[Role.HALL_ADMIN, Role.DISTRICT_ADMIN, Role.CITY_ADMIN])
        notices.tell(note, to=to, by=SYSTEM)
    return unheard


def _subject(year: int) -> UUID:
    return uuid5(here().network_id, f"calendar {year}")


def _known(year: int) -> bool:
    return told.told_since(_subject(year), clock.now() - _ASK_AGAIN)
