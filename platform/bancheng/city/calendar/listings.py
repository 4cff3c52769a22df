"""Every decision about days, limits and years that concerns the current hall, with its origin."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from bancheng.city.calendar.models import CalendarYear, DayOverride, DeadlinePolicy
from bancheng.city.calendar.notices import shipped_notices
from bancheng.city.calendar.policies import DEFAULTS, Policy
from bancheng.city.calendar.queries import timekeeping
from bancheng.city.parameters import services as parameters
from bancheng.kernel import clock
from bancheng.kernel.hall import here
from tenants import lineage


@dataclass(frozen=True, slots=True)
class Origin:
    """Who decided, when; `hall` is empty for the network. `withdrawable`: it is the current hall's
    to take back, and does not hold yet."""

    id: UUID
    hall: str
    mine: bool
    withdrawable: bool
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class MadeDay:
    origin: Origin
    day: date
    working: bool
    reason: str
    decision: str
    hours: str


@dataclass(frozen=True, slots=True)
class MadeLimit:
    origin: Origin
    rule: str
    basis: str
    effective_from: date
    recompute: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Limit:
    """One stage and category: what holds today, what ships, what was decided."""

    stage: str
    category: str
    in_force: Policy
    shipped: str
    decisions: tuple[MadeLimit, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """Where a year's days come from: shipped, taken over by the network, or nowhere yet."""

    year: int
    source: str
    papers: tuple[str, ...]
    decided_by: str = ""
    decided_at: datetime | None = None


def days(first: date, last: date) -> list[MadeDay]:
    """What was decided about days of a period, in their order."""
    rows = DayOverride.objects.filter(_mine(), day__gte=first, day__lte=last)
    return [
        MadeDay(_origin(row, row.day), row.day, row.working, row.reason, row.decision, row.hours)
        for row in rows.order_by("day", "id")
    ]


def limits() -> list[Limit]:
    """Every limit there is, in the order they ship."""
    made: dict[tuple[str, str], list[MadeLimit]] = {}
    for row in DeadlinePolicy.objects.filter(_mine()).order_by("-effective_from", "-id"):
        made.setdefault((row.stage, row.category), []).append(_made(row))
    time, today = timekeeping(), clock.today()
    return [
        Limit(
            shipped.stage,
            shipped.category,
            time.policy(shipped.stage, shipped.category, today),
            shipped.rule,
            tuple(made.get((shipped.stage, shipped.category), ())),
        )
        for shipped in DEFAULTS
    ]


def year(number: int) -> Year:
    """Where the days of a year come from."""
    rows = CalendarYear.objects.filter(network_id=here().network_id, year=number)
    row = rows.order_by("-id").first()
    if row is not None:
        return Year(number, "network", tuple(row.papers), row.decided_by, row.decided_at)
    for notice in shipped_notices():
        if notice.year == number:
            return Year(number, "shipped", notice.papers)
    return Year(number, "missing", ())


def _mine() -> Q:
    halls = [above.id for above in lineage.line()]
    return Q(network_id=here().network_id) & (Q(hall_id=None) | Q(hall_id__in=halls))


def _made(row: DeadlinePolicy) -> MadeLimit:
    origin = _origin(row, row.effective_from)
    return MadeLimit(origin, row.rule, row.basis, row.effective_from, row.recompute, row.reason)


def _origin(row: DayOverride | DeadlinePolicy, since: date) -> Origin:
    names = {above.id: above.name for above in lineage.line()}
    mine = parameters.is_mine(row.hall_id)
    return Origin(
        row.id,
        names[row.hall_id] if row.hall_id else "",
        mine,
        mine and since > clock.today(),
        row.decided_by,
        row.decided_at,
    )
