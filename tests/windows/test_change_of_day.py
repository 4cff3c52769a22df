"""Midnight with people waiting, and a clock that jumps (issue 4, faults)."""

from datetime import timedelta
from typing import Any

import pytest

from apps.windows import queries, services
from apps.windows.errors import ImpossibleTime
from apps.windows.models import Ticket
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import MORNING, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

MIDNIGHT = MORNING.replace(hour=23, minute=59)
AFTER = MIDNIGHT + timedelta(minutes=2)


def waiting_over_midnight(street: HallRef, *, carry_over: bool) -> Any:
    with clock.frozen(MIDNIGHT), hall(street):
        queue = queue_in(street)
        services.change_queue(queue_id=queue, carry_over=carry_over, by=SYSTEM)
        tickets_in(street, queue, 2)
        return queue, window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))


def numbers_called(window: Any) -> list[str]:
    found = []
    while done := services.call_next(window_id=window, by=SYSTEM):
        assert done.ticket is not None
        found.append(done.ticket.number)
        services.miss(window_id=window, by=SYSTEM)
    return found


def test_where_the_queue_is_carried_over_yesterdays_people_come_first(street: HallRef) -> None:
    """peers.md §8 item 13; their wait counts from the new day's opening."""
    queue, window = waiting_over_midnight(street, carry_over=True)
    with hall(street), clock.frozen(AFTER):
        tickets_in(street, queue, 1)

        assert [line.count for line in queries.waiting()] == [3]
        assert numbers_called(window) == ["Z001", "Z002", "Z001"]
        days = Ticket.objects.order_by("day", "ordinal").values_list("day", "ordinal", "waits_on")
        assert [(str(d), o, str(w)) for d, o, w in days] == [
            ("2026-11-23", 1, "2026-11-24"),
            ("2026-11-23", 2, "2026-11-24"),
            ("2026-11-24", 1, "2026-11-24"),
        ]


def test_pressing_next_after_midnight_calls_who_waited_even_if_nobody_came(
    street: HallRef,
) -> None:
    _, window = waiting_over_midnight(street, carry_over=True)
    with hall(street), clock.frozen(AFTER):
        assert numbers_called(window) == ["Z001", "Z002"]


def test_without_carrying_over_the_day_ends_for_who_waits(street: HallRef) -> None:
    queue, window = waiting_over_midnight(street, carry_over=False)
    with hall(street), clock.frozen(AFTER):
        tickets_in(street, queue, 1)

        assert numbers_called(window) == ["Z001"]
        old = Ticket.objects.filter(day=MORNING.date())
        assert {(t.state, t.outcome) for t in old} == {("left", "day_over")}


def test_the_nightly_round_settles_every_queue_once(street: HallRef) -> None:
    waiting_over_midnight(street, carry_over=False)
    with hall(street):
        with clock.frozen(MIDNIGHT):
            other = queue_in(street, "A")
            window = window_in(street, [other], "2", staff_in(street, Role.WINDOW_CLERK))
            tickets_in(street, other)
            services.call_next(window_id=window, by=SYSTEM)
            services.start(window_id=window, by=SYSTEM)
            services.park(window_id=window, by=SYSTEM)
        with clock.frozen(AFTER):
            services.end_day()
            services.end_day()
            states = Ticket.objects.order_by("number").values_list("number", "state", "outcome")
            assert list(states) == [
                ("A001", "finished", "left_open"),
                ("Z001", "left", "day_over"),
                ("Z002", "left", "day_over"),
            ]


def test_a_clock_put_back_calls_nobody_before_they_came(street: HallRef) -> None:
    """Issue 4: clock jump. The call waits until the clock has caught up; no time is negative."""
    with hall(street):
        with clock.frozen(MORNING):
            queue = queue_in(street)
            window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
            tickets_in(street, queue, 2)
        with clock.frozen(MORNING - timedelta(minutes=3)):
            with pytest.raises(ImpossibleTime):
                services.call_next(window_id=window, by=SYSTEM)
            late = tickets_in(street, queue)[0]
            assert (late.number, late.place) == ("Z003", 3)
        with clock.frozen(MORNING + timedelta(minutes=1)):
            assert numbers_called(window) == ["Z001", "Z002", "Z003"]
