"""When something is due: a pure function of start, rule, calendar, hours and pauses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bancheng.city.calendar.day_limits import due_after_days, due_same_day
from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.errors import NoHours
from bancheng.city.calendar.hour_limits import due_after_hours
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.moments import in_hall_time
from bancheng.city.calendar.pauses import Pause, merged
from bancheng.city.calendar.receipt import received
from bancheng.city.calendar.ruler import DayStep, Deadline, Reason
from bancheng.city.calendar.rules import Rule, Unit


def due(
    start: datetime,
    rule: Rule,
    calendar: Calendar,
    hours: Hours,
    pauses: Sequence[Pause] = (),
) -> Deadline:
    """The deadline of a matter that starts at `start` (aware), with its day-by-day ruler.

    Pauses: hours lose exactly the running time they cover; a day does not count when the clock
    stood still at its close of business. Neither a pause nor a further rest day ever brings the
    date forward. Sources: 行政许可法 82; 民法典 201, 203; domain.md §3.8.

    Raises NaiveMoment, OutOfRange, NoHours (WH for a hall without hours), NeverDue.
    """
    if rule.unit is Unit.WORKING_HOURS and not hours.exist:
        raise NoHours(unit=rule.unit.value)
    standstill = merged(pauses)
    receipt = received(in_hall_time(start), rule, calendar, hours)
    if not rule.counts_days:
        due_at, due_on, steps = due_after_hours(receipt.at, rule, calendar, hours, standstill)
    elif rule.amount == 0:
        due_at, due_on, steps = due_same_day(receipt.at, calendar, hours, standstill)
    else:
        due_at, due_on, steps = due_after_days(receipt.at, rule, calendar, hours, standstill)
    provisional = receipt.provisional or _is_provisional(steps, rule, calendar)
    return Deadline(due_at, due_on, (*receipt.steps, *steps), provisional)


def due_extended(
    start: datetime,
    rule: Rule,
    calendar: Calendar,
    hours: Hours,
    pauses: Sequence[Pause] = (),
    days: int = 0,
) -> Deadline:
    """The deadline with `days` further working days counted on from its due day (延期, §2.5).

    The ruler goes on: the further days follow those of the limit itself.
    """
    first = due(start, rule, calendar, hours, pauses)
    if not days:
        return first
    more = Rule(Unit.WORKING_DAYS, days)
    further = due(hours.opening(first.due_on), more, calendar, hours, pauses)
    used = rule.amount if rule.counts_days else 0
    steps = (replace(step, running=used + step.running) for step in further.steps[1:])
    provisional = first.provisional or further.provisional
    return Deadline(further.due_at, further.due_on, (*first.steps, *steps), provisional)


def _is_provisional(steps: Sequence[DayStep], rule: Rule, calendar: Calendar) -> bool:
    """Whether a day mattered that no notice has settled yet (domain.md §3.8 item 10)."""
    if rule.unit is Unit.NATURAL_HOURS:
        return False
    judged = (step.day for step in steps if step.reason != Reason.START_DAY)
    return any(calendar.day(day).provisional for day in judged)
