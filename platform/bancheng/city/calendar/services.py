"""Deciding days, limits and years for a place, and taking back what does not hold yet.

The caller's transaction, permission and audit: the city's parts know no roles.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from bancheng.city.calendar import queries, years
from bancheng.city.calendar.errors import (
    AlreadyDecided,
    InForce,
    NoSuchLimit,
    NothingNew,
    PreviewStale,
)
from bancheng.city.calendar.hours import parse_intervals
from bancheng.city.calendar.models import CalendarYear, DayOverride, DeadlinePolicy
from bancheng.city.calendar.notation import format_rule, parse_rule
from bancheng.city.calendar.notices import Notice
from bancheng.city.calendar.policies import DEFAULTS
from bancheng.city.parameters import services as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound
from bancheng.kernel.hall import here

LATEST_CLOSURE_DAYS = 31
RECOMPUTE_REASONS = ("law_changed", "corrected", "relief")
Row = DayOverride | DeadlinePolicy


@dataclass(frozen=True, slots=True)
class NewDay:
    """A day kept differently. A closure without the number of a recorded `decision` leaves the
    clocks running (domain.md §3.8 item 6); `hours` make a half day."""

    day: date
    working: bool
    reason: str
    decision: str = ""
    hours: str = ""
    network: bool = False


@dataclass(frozen=True, slots=True)
class NewLimit:
    """A limit for a stage and category. It holds for clocks that start from its day on; with
    `recompute`, for a coded `reason`, also for those that run already."""

    stage: str
    category: str
    rule: str
    basis: str
    effective_from: date
    recompute: bool = False
    reason: str = ""
    network: bool = False


def planned_day(given: NewDay, *, by: Actor) -> DayOverride:
    """The row of a decision about a day, checked and not stored; raises Invalid, BadHours,
    NotTheCity, AlreadyDecided."""
    errors: dict[str, list[str]] = {}
    if not given.reason.strip():
        errors["reason"] = ["required"]
    if given.day < clock.today() - timedelta(days=LATEST_CLOSURE_DAYS):
        errors["day"] = ["past"]
    if given.hours and not given.working:
        errors["hours"] = ["not_allowed"]
    if errors:
        raise Invalid(errors=errors)
    if given.hours:
        parse_intervals(given.hours)
    row = DayOverride(
        network_id=here().network_id,
        hall_id=parameters.place(network=given.network),
        day=given.day,
        working=given.working,
        reason=given.reason.strip(),
        decision=given.decision.strip(),
        hours=given.hours.strip(),
        decided_by=by.name,
    )
    _require_first(DayOverride.objects.filter(day=row.day), row)
    return row


def planned_limit(given: NewLimit, *, by: Actor) -> DeadlinePolicy:
    """The row of a decision about a limit, checked and not stored; raises BadRule, NoSuchLimit,
    Invalid, NotTheCity, AlreadyDecided."""
    if (given.stage, given.category) not in {(one.stage, one.category) for one in DEFAULTS}:
        raise NoSuchLimit(stage=given.stage, category=given.category)
    parameters.require_decision(given.basis, given.effective_from)
    if given.recompute and given.reason not in RECOMPUTE_REASONS:
        raise Invalid(errors={"reason": ["required"]})
    row = DeadlinePolicy(
        network_id=here().network_id,
        hall_id=parameters.place(network=given.network),
        stage=given.stage,
        category=given.category,
        rule=canonical(given.rule),
        basis=given.basis.strip(),
        effective_from=given.effective_from,
        recompute=given.recompute,
        reason=given.reason if given.recompute else "",
        decided_by=by.name,
    )
    same = DeadlinePolicy.objects.filter(
        stage=row.stage, category=row.category, effective_from=row.effective_from
    )
    _require_first(same, row)
    return row


def canonical(rule: str) -> str:
    """A rule in its one written form; options that it names stay named. Raises BadRule."""
    text = format_rule(parse_rule(rule))
    return f"{text};receipt=A" if "receipt=A" in rule.replace(" ", "") else text


def store(row: Row) -> UUID:
    """Put a planned decision down; its id. Raises AlreadyDecided."""
    name = "override_once" if isinstance(row, DayOverride) else "policy_once"
    with taken(name, AlreadyDecided()):
        row.save(force_insert=True)
    queries.forget()
    return row.id


def withdraw_day(day_id: UUID) -> date:
    """Take back a decision about a day to come; the day. Raises NotFound, InForce."""
    row = DayOverride.objects.filter(id=day_id).first()
    if row is None or not parameters.is_mine(row.hall_id):
        raise NotFound
    _withdraw(row, row.day)
    return row.day


def withdraw_limit(limit_id: UUID) -> str:
    """Take back a limit that does not hold yet; its stage. Raises NotFound, InForce."""
    row = DeadlinePolicy.objects.filter(id=limit_id).first()
    if row is None or not parameters.is_mine(row.hall_id):
        raise NotFound
    _withdraw(row, row.effective_from)
    return row.stage


def _withdraw(row: Row, since: date) -> None:
    if since <= clock.today():
        raise InForce(since=since.isoformat())
    row.delete()
    queries.forget()


def publish(notice: Notice, *, seal: str, by: Actor) -> years.Preview:
    """Take a year's notice over for the network, as it was previewed; what changed.

    Raises NotTheCity, PreviewStale, NothingNew.
    """
    parameters.place(network=True)
    found = years.preview(notice, queries.known_notices())
    if found.seal != seal:
        raise PreviewStale(year=notice.year)
    if found.known and not found.changes:
        raise NothingNew(year=notice.year)
    CalendarYear.objects.create(
        network_id=here().network_id,
        year=notice.year,
        days=[[one.day.isoformat(), one.name, one.off] for one in notice.days],
        papers=list(notice.papers),
        decided_by=by.name,
    )
    queries.forget()
    return found


def _require_first(same: "QuerySet[DayOverride] | QuerySet[DeadlinePolicy]", row: Row) -> None:
    if same.filter(network_id=row.network_id, hall_id=row.hall_id).exists():
        raise AlreadyDecided
