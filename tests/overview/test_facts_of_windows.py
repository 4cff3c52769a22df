"""Figures of the queue are those of the raw tickets and spans, worked out anew here."""

from datetime import UTC, date, datetime, timedelta
from math import ceil
from random import Random
from uuid import UUID

import pytest

from apps.windows import facts
from apps.windows.models import Ticket, Window, WindowSpan
from apps.windows.rules import PriorityReason, WindowState
from apps.windows.services import PastSpan, PastTicket, record_past
from bancheng.city.rollups import metrics, queries, services
from bancheng.city.rollups.facts import NO_WINDOW, total
from bancheng.city.rollups.queries import Period
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import queue_in, window_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 19)
OPENING = datetime(2026, 11, 19, 0, 30, tzinfo=UTC)  # 8:30 in the hall


def minutes(count: float) -> datetime:
    return OPENING + timedelta(minutes=count)


def random_ticket(source: Random, queue: UUID, windows: list[UUID]) -> PastTicket:
    """Waiting to the end, called in vain, or served; times in whole seconds."""
    taken = OPENING + timedelta(seconds=source.randint(0, 20_000))
    fate = source.random()
    if fate < 0.05:
        return PastTicket(queue, taken)
    called = taken + timedelta(seconds=source.randint(1, 5_000))
    window = source.choice(windows)
    if fate < 0.15:
        return PastTicket(queue, taken, window, called)
    started = called + timedelta(seconds=source.randint(0, 120))
    finished = started + timedelta(seconds=source.randint(10, 2_400))
    reason = PriorityReason.ELDERLY if fate > 0.9 else None
    return PastTicket(queue, taken, window, called, started, finished, reason)


@pytest.fixture
def counters(street: HallRef) -> tuple[UUID, list[UUID]]:
    queue = queue_in(street)
    return queue, [window_in(street, [queue], number) for number in ("1", "2", "3")]


def test_a_day_of_two_hundred_people_is_folded_exactly(
    street: HallRef, counters: tuple[UUID, list[UUID]]
) -> None:
    queue, windows = counters
    source = Random(5)
    people = [random_ticket(source, queue, windows) for _ in range(200)]
    spans = [
        PastSpan(window, minutes(10 * i), minutes(200 + 30 * i)) for i, window in enumerate(windows)
    ]
    with hall(street), clock.frozen(minutes(24 * 60)):
        record_past(tickets=people, spans=spans, by=SYSTEM)

        services.fold(DAY)

        stored = queries.by_hall(Period(DAY, DAY))[street.id].facts
    waits = sorted(
        int((p.called_at - p.taken_at).total_seconds())
        for p in people
        if p.called_at and p.started_at
    )
    served = [
        int((p.finished_at - p.started_at).total_seconds())
        for p in people
        if p.started_at and p.finished_at
    ]
    missed = [p for p in people if p.called_at and not p.started_at]
    assert (stored.tickets, stored.called) == (200, len(waits) + len(missed))
    assert (stored.wait_n, stored.wait_sum_s, stored.wait_max_s) == (
        len(waits),
        sum(waits),
        waits[-1],
    )
    assert (stored.service_n, stored.service_sum_s) == (len(served), sum(served))
    assert stored.staffed_seconds == 60 * (200 + 220 + 240)
    assert metrics.window_load(stored) == sum(served) / (660 * 60)  # M-01
    assert metrics.wait(stored).mean == sum(waits) / len(waits)  # M-03
    exact = waits[ceil(0.9 * len(waits)) - 1]
    assert metrics.wait(stored).p90 == pytest.approx(exact, rel=0.25)
    assert metrics.abandon_rate(stored).value == len(missed) / 200  # M-04


def test_figures_belong_to_the_window_that_called(
    street: HallRef, counters: tuple[UUID, list[UUID]]
) -> None:
    queue, (one, two, _) = counters
    people = [
        PastTicket(queue, minutes(0)),
        PastTicket(queue, minutes(0), one, minutes(5), minutes(6), minutes(16)),
        PastTicket(queue, minutes(0), two, minutes(9)),
    ]
    with hall(street), clock.frozen(minutes(24 * 60)):
        record_past(tickets=people, by=SYSTEM)

        slices = {part.window: part for part in facts.day_facts(DAY)}

    assert set(slices) == {NO_WINDOW, one, two}
    assert (slices[one].label, slices[one].cause) == ("1 综合窗口", None)
    first, second, nowhere = (slices[w].facts for w in (one, two, NO_WINDOW))
    assert (first.wait_sum_s, first.walk_sum_s, first.service_sum_s) == (300, 60, 600)
    assert (second.called, second.missed, second.wait_n) == (1, 1, 0)  # no-shows wait for nothing
    assert (nowhere.tickets, nowhere.called) == (1, 0)


def test_a_pause_is_not_staffed_time_and_a_running_span_counts_up_to_now(
    street: HallRef, counters: tuple[UUID, list[UUID]]
) -> None:
    window = counters[1][0]
    with hall(street), clock.frozen(minutes(90)):
        for state, begin, end in (
            (WindowState.OPEN, 0, 30),
            (WindowState.PAUSED, 30, 60),
            (WindowState.EXTENDED, 60, None),
        ):
            WindowSpan.objects.create(
                window_id=window,
                state=state,
                started_at=minutes(begin),
                ended_at=minutes(end) if end else None,
            )

        whole = total(part.facts for part in facts.day_facts(DAY))

    assert whole.staffed_seconds == 60 * 60


def test_a_span_over_midnight_is_split_between_its_days(
    street: HallRef, counters: tuple[UUID, list[UUID]]
) -> None:
    """From 22:00 to 1:00 in the hall."""
    window = counters[1][0]
    night = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
    with hall(street), clock.frozen(minutes(3 * 24 * 60)):
        span = PastSpan(window, night, night + timedelta(hours=3))
        record_past(tickets=[], spans=[span], by=SYSTEM)

        days = [
            total(part.facts for part in facts.day_facts(DAY + timedelta(days=after)))
            for after in (0, 1, 2)
        ]

    assert [day.staffed_seconds for day in days] == [7_200, 3_600, 0]


def test_the_moment_is_what_the_tables_say_now(
    street: HallRef, counters: tuple[UUID, list[UUID]]
) -> None:
    queue, windows = counters
    with hall(street), clock.frozen(minutes(60)):
        Window.objects.filter(id__in=windows[:2]).update(state=WindowState.OPEN)
        for ordinal in (1, 2):
            Ticket.objects.create(
                queue_id=queue,
                series_id=queue,
                day=DAY,
                waits_on=DAY,
                ordinal=ordinal,
                place=ordinal,
                number=f"Z00{ordinal}",
                taken_at=minutes(10 * ordinal),
                since=minutes(10 * ordinal),
            )

        now = facts.moment()

    assert (now.waiting, now.serving, now.open_windows) == (2, 0, 2)
    assert now.oldest_wait_at == minutes(10)


def test_a_change_names_the_day_of_its_ticket(
    street: HallRef, counters: tuple[UUID, list[UUID]]
) -> None:
    queue, windows = counters
    served = PastTicket(queue, minutes(0), windows[0], minutes(5), minutes(6), minutes(16))
    with hall(street), clock.frozen(minutes(24 * 60)):
        record_past(tickets=[served], by=SYSTEM)

        assert set(facts.changed_days(minutes(15))) == {DAY}
        assert set(facts.changed_days(minutes(17))) == set()
