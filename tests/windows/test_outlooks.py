"""What a new ticket's holder is told once its queue has a past."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.windows import outlooks, services
from apps.windows.models import Queue
from apps.windows.outlooks import Outlook
from apps.windows.services import PastSpan, PastTicket
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import later, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
NOW = later(180)


def test_a_queue_with_a_past_tells_the_range_of_its_own_waits(street: HallRef) -> None:
    queue = _queue_with_past(street)

    with clock.frozen(NOW):
        tickets_in(street, queue, 4)
        found = _outlook(street, queue)

    # Calls every 4 minutes, numbers every 4 minutes, 14 minutes each, so 3 ahead of each:
    # pace 14 ÷ 4.5; today 4 wait, nobody has called: 5.5 × 14 ÷ 4.5 = 17.1, always
    assert found == Outlook(4, (17, 18))


def test_without_an_open_window_no_minutes_are_told(street: HallRef) -> None:
    queue = _queue_with_past(street, opened=False)

    with clock.frozen(NOW):
        found = _outlook(street, queue)

    assert found == Outlook(0, None)


def test_a_priority_ticket_is_told_fewer_minutes(street: HallRef) -> None:
    queue = _queue_with_past(street)

    with clock.frozen(NOW):
        tickets_in(street, queue, 8)
        ordinary = _outlook(street, queue)
        priority = _outlook(street, queue, mine_is_priority=True)

    # two ordinary calls before mine: 3.5 × 14 ÷ 4.5 = 10.9; eight: 9.5 × 14 ÷ 4.5 = 29.6,
    # with the usual range 0.4 to 2 because nobody ever had eight ahead
    assert priority == Outlook(2, (10, 11))
    assert ordinary == Outlook(8, (11, 60))


def test_waits_of_another_queue_and_of_long_ago_teach_nothing(street: HallRef) -> None:
    queue = _queue_with_past(street, weeks=5)
    other = queue_in(street, "A", "综合业务")

    with clock.frozen(NOW):
        tickets_in(street, queue, 4)
        found = _outlook(street, queue), _outlook(street, other)

    assert found == (Outlook(4, None), Outlook(0, None))


def test_a_stall_today_makes_the_wait_longer(street: HallRef) -> None:
    queue = _queue_with_past(street)
    with clock.frozen(later(0)):
        tickets_in(street, queue, 4)

    with clock.frozen(NOW):
        found = _outlook(street, queue)

    # twelve quarter-hours without a call, 15 ÷ pace expected in each, forgotten by e^(-1/4) per
    # quarter: 4.82 × (1 - e^-3) ÷ (1 - e^-0.25) = 20.7 calls; 17.1 × (80 + 20.7) ÷ 80 = 21.5
    assert found == Outlook(4, (21, 22))


def test_history_is_read_once_a_day(street: HallRef) -> None:
    queue = _queue_with_past(street)

    with clock.frozen(NOW):
        first, second = _queries(street, queue), _queries(street, queue)

    # queue; today's tickets, open windows, today's spans; at first the past tickets and spans, the
    # halls above and what they decided
    assert (first, second) == (8, 4)


def _queue_with_past(street: HallRef, *, weeks: int = 1, opened: bool = True) -> UUID:
    """A queue whose window called every four minutes, everybody after 14, one morning."""
    queue = queue_in(street)
    clerk = staff_in(street, Role.WINDOW_CLERK) if opened else None
    with clock.frozen(NOW):
        window = window_in(street, [queue], clerk=clerk)
    day = later(0) - weeks * WEEK
    starts = [day + timedelta(minutes=4 * turn) for turn in range(44)]
    past = [PastTicket(queue, at, window, at + timedelta(minutes=14)) for at in starts]
    span = PastSpan(window, day, day + timedelta(minutes=200))
    with hall(street), clock.frozen(NOW):
        services.record_past(tickets=past, spans=[span], by=SYSTEM)
    return queue


def _outlook(street: HallRef, queue: UUID, *, mine_is_priority: bool = False) -> Outlook:
    with hall(street):
        found = Queue.objects.get(id=queue)
        return outlooks.outlook(found, mine_is_priority=mine_is_priority)


def _queries(street: HallRef, queue: UUID) -> int:
    with CaptureQueriesContext(connection) as told:
        _outlook(street, queue)
    return len([query for query in told if "FROM" in query["sql"]])
