"""What holds here and who decided it; what a decision would move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from apps.cases.timekeeping.whatif import WhatIf, what_if
from apps.policies import permissions
from bancheng.city.calendar import declared, listings, years
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar import services as planning
from bancheng.city.calendar.days import DayKind
from bancheng.city.calendar.notices import Notice
from bancheng.city.calendar.services import NewDay, NewLimit
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters import registry
from bancheng.city.parameters import services as values
from bancheng.city.parameters.queries import Made
from bancheng.city.parameters.registry import Parameter, Value
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import here

NOTHING = WhatIf(0, 0, ())


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the hall keeps it; `half` its hours when they differ."""

    day: date
    kind: DayKind
    half: str


@dataclass(frozen=True, slots=True)
class YearOfDays:
    origin: listings.Year
    days: tuple[Day, ...]
    working_days: int
    decisions: tuple[listings.MadeDay, ...]


def year(number: int, by: Actor) -> YearOfDays:
    """Every day of a year, and what was decided about some of them."""
    permissions.require(by, "policies.read")
    decided = tuple(listings.days(date(number, 1, 1), date(number, 12, 31)))
    half = {one.day: one.hours for one in decided if one.hours}
    kept = calendar.timekeeping().calendar
    days = tuple(Day(day, kept.day(day), half.get(day, "")) for day in _days_of(number))
    working = sum(one.kind.works for one in days)
    return YearOfDays(listings.year(number), days, working, decided)


def _days_of(number: int) -> Iterator[date]:
    day = date(number, 1, 1)
    while day.year == number:
        yield day
        day += timedelta(days=1)


def limits(by: Actor) -> list[listings.Limit]:
    """Every limit with what holds, where it comes from, and its history."""
    permissions.require(by, "policies.read")
    return listings.limits()


@dataclass(frozen=True, slots=True)
class Known:
    """A parameter with what holds today and every decision about it, the newest first."""

    parameter: Parameter
    value: Value
    in_force: Made | None
    decisions: tuple[Made, ...]


def known_parameters(by: Actor) -> list[Known]:
    """Every declared parameter, by key."""
    permissions.require(by, "policies.parameters")
    made = parameters.decided()
    return [
        Known(
            parameter,
            parameters.value(key),
            parameters.in_force(key),
            tuple(one for one in reversed(made) if one.key == key),
        )
        for key, parameter in sorted(registry.known().items())
    ]


def withdrawable(made: Made, network_is_mine: bool) -> bool:
    """Whether the current hall may take a decision back: its own, and not in force yet."""
    mine = made.own or (not made.hall and network_is_mine)
    return mine and made.effective_from > clock.today()


def with_day(given: NewDay, by: Actor) -> WhatIf:
    """What a decision about a day would move; raises what deciding it would."""
    permissions.require_decision(by, network=given.network)
    row = planning.planned_day(given, by=by)
    return what_if(calendar.read(here(), days=[row]), by)


def with_limit(given: NewLimit, by: Actor) -> WhatIf:
    """What a limit would move if it were decided for what runs; raises what deciding it would."""
    permissions.require_decision(by, network=given.network)
    row = planning.planned_limit(given, by=by)
    row.recompute = True
    return what_if(calendar.read(here(), limits=[row]), by, on=given.effective_from)


def with_value(given: NewValue, by: Actor) -> WhatIf:
    """What a parameter would move: only opening hours move what runs; raises BadParameter."""
    permissions.require_decision(by, network=given.network)
    values.checked(given)
    if given.key != declared.HOURS:
        return NOTHING
    return what_if(calendar.read(here(), week=(given.effective_from, given.value)), by)


@dataclass(frozen=True, slots=True)
class YearPreview:
    compared: years.Preview
    moved: WhatIf


def with_year(notice: Notice, by: Actor) -> YearPreview:
    """What taking a notice over would change and move; its seal is for confirming."""
    permissions.require(by, "policies.publish")
    compared = years.preview(notice, calendar.known_notices())
    return YearPreview(compared, what_if(calendar.read(here(), years=[notice]), by))
