"""Letting a case's clock stand still for a listed reason, and run on (domain.md §3.8 item 7)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.cases.models import Case
from apps.cases.rules import Step
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, line, move, take
from apps.cases.timekeeping import standstill
from apps.cases.timekeeping.details import Paused
from apps.cases.timekeeping.errors import PauseLimit
from apps.cases.timekeeping.standstill import Pause
from apps.notices import services as notices
from bancheng.city.calendar import declared
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.rules import Rule, Unit
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class NewPause:
    """Why the clock stands still, how the applicant was told (行政许可法 45), and the day on which
    it runs on; without one, it runs on when the days that pauses may take are used up."""

    reason: str
    told: str
    note: str = ""
    until: date | None = None


@transaction.atomic
def pause(*, case_id: UUID, version: int, given: NewPause, by: Actor) -> Case:
    """Stop the promise and the clocks of dispatch and first contact.

    Raises Invalid, AlreadyPaused, PauseLimit.
    """
    case = take(case_id, version, Step.PAUSE, by)
    _check(given)
    clocks = Clocks.of(case)
    until = _ends(case, given, clocks.at)
    held = Pause(given.reason, given.note.strip(), given.told, by.name, clocks.at, until)
    standstill.begin(case, held)
    clocks.stand_still()
    detail = Paused(given.reason, given.told, until)
    return move(case, line(Step.PAUSE, given.note, detail), by, clocks=clocks)


def _check(given: NewPause) -> None:
    errors: dict[str, list[str]] = {}
    if given.reason not in declared.pause_reasons():
        errors["reason"] = ["unknown"]
    if not given.told.strip():
        errors["told"] = ["required"]
    if given.until is not None and given.until <= clock.today():
        errors["until"] = ["past"]
    if errors:
        raise Invalid(errors=errors)


def _ends(case: Case, given: NewPause, at: datetime) -> datetime:
    """When the clock runs on by itself: at the opening of the wanted day, at the latest when the
    working days that pauses may take together are over."""
    time, most = calendar.timekeeping(), declared.pause_days()
    left = most - standstill.days_used(case, time, at)
    if left <= 0:
        raise PauseLimit(days=most)
    latest = due(at, Rule(Unit.WORKING_DAYS, left), time.calendar, time.hours).due_at
    return min(latest, time.hours.opening(given.until)) if given.until else latest


@transaction.atomic
def resume(*, case_id: UUID, version: int, note: str, by: Actor) -> Case:
    """Let the clock run on; it is counted anew from its beginning. Raises NotPaused."""
    case = take(case_id, version, Step.RESUME, by)
    clocks = Clocks.of(case)
    resumed = clocks.go_on(clocks.at, "resumed")
    return move(case, line(Step.RESUME, note, resumed), by, clocks=clocks)


@transaction.atomic
def resume_on_answer(case_id: UUID, *, channel: str) -> bool:
    """The applicant answered, through whatever channel: what waited for that runs on
    (peers.md §8 item 9). Whether it did; a case that waits for something else waits on."""
    case = Case.objects.select_for_update().filter(id=case_id).order_by("id").first()
    if case is None or not waits_for_the_applicant(case):
        return False
    _run_on(case, clock.now(), "answered", channel)
    return True


def waits_for_the_applicant(case: Case) -> bool:
    """Whether the clock stands still until the applicant answers."""
    held = standstill.paused(case)
    return held is not None and held.reason in standstill.FOR_THE_APPLICANT


def answered(case: Case, clocks: Clocks, channel: str) -> list[Line]:
    """The same inside a step that says so: the line to write, none if nothing waited for it."""
    if not waits_for_the_applicant(case):
        return []
    return [Line(Step.RESUME.verb, None, channel, clocks.go_on(clocks.at, "answered"))]


def resume_due(limit: int = 500) -> int:
    """Let every clock run on whose pause is over; how many. Each exactly once, and as of the
    moment its pause ended, however late this is called."""
    over = Case.objects.filter(resume_at__lte=clock.now()).order_by("resume_at", "id")
    return sum(_over(case_id) for case_id in over.values_list("id", flat=True)[:limit])


@transaction.atomic
def _over(case_id: UUID) -> bool:
    rows = Case.objects.select_for_update().filter(id=case_id, resume_at__lte=clock.now())
    case = rows.order_by("id").first()
    held = standstill.paused(case) if case is not None else None
    if case is None or held is None:
        return False
    _run_on(case, held.until, "until")
    return True


def _run_on(case: Case, at: datetime, how: str, note: str = "") -> None:
    """By itself: on record, and told to the unit that has to go on."""
    clocks = Clocks.of(case)
    resumed = clocks.go_on(at, how)
    ran = Line(Step.RESUME.verb, None, note, resumed)
    told = notices.Note(
        "cases.clock_runs_on",
        "case",
        case.id,
        case.number,
        {"how": how, "due_on": resumed.due_on.isoformat() if resumed.due_on else None},
    )
    whom = notices.To(unit=case.lead_unit, posts=[case.first_responder_post])
    notices.tell(told, to=whom, by=SYSTEM)
    move(case, ran, SYSTEM, clocks=clocks)
