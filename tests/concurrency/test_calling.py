"""Windows pressing “next” at once, on a real database (peers.md §8 items 11 and 12)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections

from apps.windows import queries, services
from apps.windows.lining import calling_order
from apps.windows.models import Ticket
from apps.windows.rules import PriorityReason
from apps.windows.services import PastTicket
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from bancheng.services.live.models import LiveEvent
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.usefixtures("committed")

THREADS = 8


def test_two_windows_pressing_next_at_once_get_two_different_numbers(street: HallRef) -> None:
    queue = queue_in(street)
    windows = _open_windows(street, queue, 2)
    tickets_in(street, queue, 2)

    all_at_once(street, [_pressing(window, times=1) for window in windows])

    assert _announced(street) == ["Z001", "Z002"]
    with hall(street):
        assert {number for number, _ in queries.at_windows()} == {"Z001", "Z002"}


def test_twenty_windows_call_a_thousand_numbers_each_once_in_order_and_skip_none(
    street: HallRef,
) -> None:
    queue = queue_in(street)
    windows = _open_windows(street, queue, 20)
    ordinary = [ticket.number for ticket in tickets_in(street, queue, 667)]
    priority = [t.number for t in tickets_in(street, queue, 333, PriorityReason.DISABLED)]

    all_at_once(street, [_pressing(window) for window in windows])

    lines = {False: iter(ordinary), True: iter(priority)}
    expected = [next(lines[chosen]) for chosen in calling_order(667, 333, 0)]
    assert _announced(street) == expected
    with hall(street):
        assert Ticket.objects.filter(state="missed", calls=1).count() == 1000
        assert chain.verify().broken_at is None


def test_numbers_taken_while_windows_call_are_neither_doubled_nor_lost(street: HallRef) -> None:
    queue = queue_in(street)
    windows = _open_windows(street, queue, 4)

    def taking() -> None:
        for _ in range(25):
            services.take(queue_id=queue, by=SYSTEM)

    all_at_once(street, [taking] * 4 + [_pressing(window, times=20) for window in windows])
    with hall(street):
        while services.call_next(window_id=windows[0], by=SYSTEM):
            services.miss(window_id=windows[0], by=SYSTEM)

    assert _announced(street) == [f"Z{number:03d}" for number in range(1, 101)]


def test_windows_that_share_queues_in_opposite_order_do_not_block_each_other(
    street: HallRef,
) -> None:
    a, b = queue_in(street, "A"), queue_in(street, "B")
    clerk = staff_in(street, Role.WINDOW_CLERK)
    windows = [window_in(street, [a, b], "1", clerk), window_in(street, [b, a], "2", clerk)]
    tickets_in(street, a, 30)
    tickets_in(street, b, 30)

    all_at_once(street, [_pressing(window) for window in windows])

    announced = _announced(street)
    for prefix in "AB":
        own = [number for number in announced if number.startswith(prefix)]
        assert own == [f"{prefix}{number:03d}" for number in range(1, 31)]


def _open_windows(ref: HallRef, queue: UUID, count: int) -> list[UUID]:
    clerk = staff_in(ref, Role.WINDOW_CLERK)
    return [window_in(ref, [queue], str(number), clerk) for number in range(1, count + 1)]


def _pressing(window: UUID, times: int | None = None) -> Callable[[], None]:
    """Press next (and miss, so that the window is free) until nobody waits or `times` are up."""

    def press() -> None:
        pressed = 0
        while times is None or pressed < times:
            pressed += 1
            called = services.call_next(window_id=window, by=SYSTEM)
            if called is None and times is None:
                return
            if called is not None and times != 1:
                services.miss(window_id=window, by=SYSTEM)

    return press


def all_at_once(ref: HallRef, acts: list[Callable[[], None]]) -> None:
    """Run the acts in up to eight threads; the first acts of all threads begin together."""
    threads = min(THREADS, len(acts))
    together = Barrier(threads)

    def run(place: int, act: Callable[[], None]) -> None:
        try:
            if place < threads:
                together.wait(timeout=30)
            with hall(ref):
                act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        for done in [pool.submit(run, place, act) for place, act in enumerate(acts)]:
            done.result(timeout=120)


def _announced(ref: HallRef) -> list[str]:
    """The numbers in the order of their announcements."""
    with hall(ref):
        told = LiveEvent.objects.filter(topic="display").order_by("seq")
        return [event.data["number"] for event in told]


def test_importing_earlier_days_beside_a_living_hall_is_no_deadlock(street: HallRef) -> None:
    queues = [queue_in(street, prefix) for prefix in "AB"]
    clerks = [staff_in(street, Role.WINDOW_CLERK) for _ in queues]
    windows = [
        window_in(street, queues, clerk=clerk, number=str(number))
        for number, clerk in enumerate(clerks, start=1)
    ]
    for queue in queues:
        tickets_in(street, queue, 30)
    day = clock.now() - timedelta(days=3)
    past = [
        PastTicket(queues[n % 2], day, windows[-1 - n % 2], day, day, day + timedelta(minutes=5))
        for n in range(400)
    ]

    def import_days() -> None:
        with hall(street):
            services.record_past(tickets=past, by=SYSTEM)

    all_at_once(street, [*(_pressing(window) for window in windows), import_days])

    with hall(street):
        assert Ticket.objects.filter(day=clock.day_of(day)).count() == 400
        assert len(_announced(street)) == 60
