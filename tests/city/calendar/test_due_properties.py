"""What holds for every deadline, whatever the start, rule, pauses and closures."""

from datetime import date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bancheng.city.calendar.days import Calendar, Override
from bancheng.city.calendar.elapsed import elapsed_working_minutes
from bancheng.city.calendar.engine import due, due_extended
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.pauses import Pause
from bancheng.city.calendar.rules import Rule
from bancheng.kernel.clock import ZONE

CALENDAR, HOURS = Calendar.published(), Hours()
EPOCH = datetime(2025, 9, 20, tzinfo=ZONE)
DAYS = 60

moments = st.integers(0, DAYS * 96).map(lambda quarters: EPOCH + timedelta(minutes=15 * quarters))
pauses = st.builds(
    lambda start, quarters: Pause(start, start + timedelta(minutes=15 * quarters)),
    moments,
    st.integers(0, 5 * 96),
)
rules: st.SearchStrategy[Rule] = st.builds(
    lambda unit, amount, cutoff, receipt: parse_rule(f"{unit}+{amount}{cutoff};receipt={receipt}"),
    st.sampled_from(["WD", "ND", "WH", "NH"]),
    st.integers(1, 30),
    st.sampled_from(["", ";cutoff=17:30", ";cutoff=12:00"]),
    st.sampled_from(["A", "B"]),
) | st.just(parse_rule("WD+0"))
closures = st.lists(
    st.integers(0, DAYS).map(lambda days: EPOCH.date() + timedelta(days=days)), unique=True
)


def closing(days: list[date]) -> Calendar:
    return CALENDAR.with_overrides(Override(day, False, "台风", decision="1号") for day in days)


@settings(max_examples=150, deadline=None)
@given(moments, rules, st.lists(pauses, max_size=3), pauses)
def test_a_further_pause_never_brings_a_date_forward(
    start: datetime, rule: Rule, before: list[Pause], added: Pause
) -> None:
    without = due(start, rule, CALENDAR, HOURS, before)

    assert due(start, rule, CALENDAR, HOURS, [*before, added]).due_at >= without.due_at


@settings(max_examples=150, deadline=None)
@given(moments, rules, st.lists(pauses, max_size=2), closures)
def test_further_rest_days_never_bring_a_date_forward(
    start: datetime, rule: Rule, standstill: list[Pause], closed: list[date]
) -> None:
    open_throughout = due(start, rule, CALENDAR, HOURS, standstill)

    assert due(start, rule, closing(closed), HOURS, standstill).due_at >= open_throughout.due_at


@settings(max_examples=80, deadline=None)
@given(moments, rules, st.lists(pauses, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_pauses_changes_nothing(
    start: datetime, rule: Rule, standstill: list[Pause], random: Random
) -> None:
    shuffled = random.sample(standstill, len(standstill))

    assert due(start, rule, CALENDAR, HOURS, shuffled) == due(
        start, rule, CALENDAR, HOURS, standstill
    )


@settings(max_examples=80, deadline=None)
@given(moments, st.integers(1, 40), st.lists(pauses, max_size=3))
def test_working_hours_are_used_up_exactly_at_the_due_moment(
    start: datetime, amount: int, standstill: list[Pause]
) -> None:
    deadline = due(start, parse_rule(f"WH+{amount}"), CALENDAR, HOURS, standstill)

    used = elapsed_working_minutes(start, deadline.due_at, CALENDAR, HOURS, standstill)
    assert used == amount * 60


@settings(max_examples=80, deadline=None)
@given(moments, rules, st.lists(pauses, max_size=3))
def test_the_ruler_has_no_gap_and_ends_on_the_due_day(
    start: datetime, rule: Rule, standstill: list[Pause]
) -> None:
    deadline = due(start, rule, CALENDAR, HOURS, standstill)

    days = [step.day for step in deadline.steps]
    first = start.astimezone(ZONE).date()
    assert days == [first + timedelta(days=offset) for offset in range(len(days))]
    assert (days[-1], deadline.steps[-1].counted) == (deadline.due_on, True)
    if rule.counts_days and rule.amount:
        assert sum(step.counted for step in deadline.steps) == rule.amount


@settings(max_examples=120, deadline=None)
@given(moments, rules, st.lists(pauses, max_size=3), pauses, st.integers(0, 10), closures)
def test_with_an_extension_neither_a_pause_nor_a_rest_day_brings_a_date_forward(
    start: datetime,
    rule: Rule,
    before: list[Pause],
    added: Pause,
    days: int,
    closed: list[date],
) -> None:
    plain = due_extended(start, rule, CALENDAR, HOURS, before, days)

    paused = due_extended(start, rule, CALENDAR, HOURS, [*before, added], days)
    resting = due_extended(start, rule, closing(closed), HOURS, before, days)

    assert paused.due_at >= plain.due_at
    assert resting.due_at >= plain.due_at
    assert plain.due_at >= due(start, rule, CALENDAR, HOURS, before).due_at


@settings(max_examples=60, deadline=None)
@given(moments, rules, st.lists(pauses, max_size=4), st.integers(1, 10))
def test_the_ruler_of_an_extended_promise_has_no_gap(
    start: datetime, rule: Rule, standstill: list[Pause], days: int
) -> None:
    found = due_extended(start, rule, CALENDAR, HOURS, standstill, days)

    first = start.astimezone(ZONE).date()
    shown = [step.day for step in found.steps]
    assert shown == [first + timedelta(days=offset) for offset in range(len(shown))]
    assert (shown[-1], found.steps[-1].counted) == (found.due_on, True)
    assert (
        sum(
            step.counted
            for step in found.steps
            if step.day > due(start, rule, CALENDAR, HOURS, standstill).due_on
        )
        == days
    )
