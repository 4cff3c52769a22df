"""Twenty windows with returns, transfers and numbers taken meanwhile: each call once, in order."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from apps.windows import services
from apps.windows.errors import ReturnedAlready, SlotFull, StepNotAllowed
from apps.windows.models import Appointment, Ticket
from apps.windows.rules import TicketState
from apps.windows.services import Destination, Visitor
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from bancheng.services.live.models import LiveEvent
from tests.concurrency.test_calling import all_at_once
from tests.support.counters import MORNING, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.usefixtures("committed")


def test_no_call_is_doubled_or_lost_while_numbers_come_back_and_go_elsewhere(
    street: HallRef,
) -> None:
    a, b = queue_in(street, "A"), queue_in(street, "B")
    clerk = staff_in(street, Role.WINDOW_CLERK)
    windows = [window_in(street, [a, b] if n % 2 else [b, a], str(n), clerk) for n in range(1, 13)]
    for queue in (a, b):
        tickets_in(street, queue, 60)

    acts = [_window(window, seed, (a, b)) for seed, window in enumerate(windows)]
    all_at_once(street, [*acts, _taking(a), _taking(b)])
    with hall(street):
        for window in windows:
            while services.call_next(window_id=window, by=SYSTEM):
                services.miss(window_id=window, by=SYSTEM)

        left = Counter(Ticket.objects.values_list("state", flat=True))
        told = LiveEvent.objects.filter(topic="display", kind="ticket.called").order_by("seq")
        called = Counter(event.ref for event in told)
        for ticket in Ticket.objects.all():
            stays = 1 + sum(leg["window"] != "" for leg in ticket.legs)
            assert called[str(ticket.id)] == stays, ticket.number
        seqs = list(told.values_list("seq", flat=True))
        assert seqs == sorted(set(seqs))
        assert set(left) <= {TicketState.MISSED, TicketState.FINISHED}
        assert sum(left.values()) == 160
        assert chain.verify().broken_at is None


def _window(window: UUID, seed: int, queues: tuple[UUID, UUID]) -> Callable[[], None]:
    """Call until nobody waits: serve, miss and call back, or send to the other queue."""
    source = Random(seed)

    def act() -> None:
        while done := services.call_next(window_id=window, by=SYSTEM):
            assert done.ticket is not None
            ident, chance = done.ticket.id, source.random()
            if chance < 0.2 and not done.ticket.legs:
                to = queues[1] if done.ticket.queue_id == queues[0] else queues[0]
                services.transfer(ticket_id=ident, to=Destination(queue=to), by=SYSTEM)
            elif chance < 0.5:
                services.miss(window_id=window, by=SYSTEM)
                _come_back(ident)
            else:
                services.start(window_id=window, by=SYSTEM)
                services.finish(window_id=window, by=SYSTEM)

    return act


def _come_back(ident: UUID) -> None:
    try:
        services.return_missed(ticket_id=ident, by=SYSTEM)
    except (ReturnedAlready, StepNotAllowed, Stale):
        return


def _taking(queue: UUID) -> Callable[[], None]:
    def act() -> None:
        for _ in range(20):
            services.take(queue_id=queue, by=SYSTEM)

    return act


def test_a_return_and_a_call_at_once_keep_the_order(street: HallRef) -> None:
    """Who comes back while windows call is called exactly once more, after people before it."""
    queue = queue_in(street)
    clerk = staff_in(street, Role.WINDOW_CLERK)
    windows = [window_in(street, [queue], str(n), clerk) for n in range(1, 5)]
    missed = tickets_in(street, queue, 41)[0]
    with hall(street):
        services.call_next(window_id=windows[0], by=SYSTEM)
        services.miss(window_id=windows[0], by=SYSTEM)

    def calling(window: UUID) -> Callable[[], None]:
        def act() -> None:
            while services.call_next(window_id=window, by=SYSTEM):
                services.miss(window_id=window, by=SYSTEM)

        return act

    all_at_once(street, [*(calling(w) for w in windows), lambda: _come_back(missed.id)])
    with hall(street):
        while services.call_next(window_id=windows[0], by=SYSTEM):
            services.miss(window_id=windows[0], by=SYSTEM)
        told = LiveEvent.objects.filter(topic="display", kind="ticket.called").order_by("seq")
        numbers = [event.data["number"] for event in told]

    assert Counter(numbers)["Z001"] == 2
    others = [number for number in numbers if number != "Z001"]
    assert others == [f"Z{n:03d}" for n in range(2, 42)]


def test_two_people_taking_the_last_place_of_a_slot(street: HallRef) -> None:
    queue = queue_in(street)
    with hall(street):
        services.change_queue(queue_id=queue, slot_capacity=2, by=SYSTEM)

    def book(number: int) -> Callable[[], None]:
        def act() -> None:
            who = Visitor("王某", f"1990000{number:04d}")
            with clock.frozen(MORNING):
                try:
                    services.book(
                        queue_id=queue, start=MORNING + timedelta(days=1), visitor=who, by=SYSTEM
                    )
                except SlotFull:
                    return

        return act

    all_at_once(street, [book(number) for number in range(8)])
    with hall(street):
        assert Appointment.objects.count() == 2
