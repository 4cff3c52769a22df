"""Calling one ticket out of turn, and numbers that another machine printed."""

from datetime import timedelta

import pytest

from apps.windows import queries, services
from apps.windows.errors import AlreadyThere, NotOpen, NotYourWindow, StepNotAllowed, StillServing
from apps.windows.rules import PriorityReason
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log as live
from tests.support.counters import later, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def test_a_chosen_ticket_is_called_and_announced_and_the_others_go_on_in_order(
    street: HallRef,
) -> None:
    queue, clerk = queue_in(street), staff_in(street, Role.WINDOW_CLERK)
    window = window_in(street, [queue], clerk=clerk)
    tickets = tickets_in(street, queue, 3)
    with hall(street):
        called = services.call_ticket(window_id=window, ticket_id=tickets[1].id, by=clerk)
        announced = queries.announcements()
        services.miss(window_id=window, by=clerk)
        following = services.call_next(window_id=window, by=clerk)

    assert called.ticket is not None
    assert (called.ticket.number, called.ticket.calls) == ("Z002", 1)
    assert called.seqs.keys() == {"queue", "board", "display"}
    assert [one.number for one in announced] == ["Z002"]
    assert following is not None
    assert following.ticket is not None
    assert following.ticket.number == "Z001"


def test_a_priority_ticket_called_out_of_turn_was_the_queues_priority_turn(
    street: HallRef,
) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, queue, 4)
    chosen, _ = tickets_in(street, queue, 2, PriorityReason.ELDERLY)
    with hall(street):
        for _ in range(2):
            services.call_next(window_id=window, by=SYSTEM)
            services.miss(window_id=window, by=SYSTEM)
        services.call_ticket(window_id=window, ticket_id=chosen.id, by=SYSTEM)

        assert queries.next_numbers() == ["Z003", "Z004", "Z006"]


def test_a_ticket_is_called_once(street: HallRef) -> None:
    queue = queue_in(street)
    first, second = window_in(street, [queue], "1", SYSTEM), window_in(street, [queue], "2", SYSTEM)
    ticket = tickets_in(street, queue)[0]
    with hall(street):
        services.call_ticket(window_id=first, ticket_id=ticket.id, by=SYSTEM)
        before = live.heads(["queue"])

        with pytest.raises(StepNotAllowed):
            services.call_ticket(window_id=second, ticket_id=ticket.id, by=SYSTEM)

        assert live.heads(["queue"]) == before


def test_a_window_calls_from_its_own_queues_and_of_today_only(street: HallRef) -> None:
    mine, other = queue_in(street), queue_in(street, "A")
    with clock.frozen(later(0)):
        window = window_in(street, [mine], clerk=SYSTEM)
        strange, mine_today = tickets_in(street, other)[0], tickets_in(street, mine)[0]
    with hall(street):
        with clock.frozen(later(1)), pytest.raises(Invalid) as refused:
            services.call_ticket(window_id=window, ticket_id=strange.id, by=SYSTEM)
        with clock.frozen(later(0) + timedelta(days=1)), pytest.raises(Invalid) as late:
            services.call_ticket(window_id=window, ticket_id=mine_today.id, by=SYSTEM)

    assert refused.value.params == {"errors": {"ticket": ["other_queue"]}}
    assert late.value.params == {"errors": {"ticket": ["other_day"]}}


def test_a_ticket_of_another_hall_is_unknown(street: HallRef, other_street: HallRef) -> None:
    window = window_in(street, [queue_in(street)], clerk=SYSTEM)
    elsewhere = tickets_in(other_street, queue_in(other_street))[0]

    with hall(street), pytest.raises(NotFound):
        services.call_ticket(window_id=window, ticket_id=elsewhere.id, by=SYSTEM)


def test_who_may_call_next_may_call_a_chosen_ticket_and_nobody_else(street: HallRef) -> None:
    queue, clerk = queue_in(street), staff_in(street, Role.WINDOW_CLERK)
    opened = window_in(street, [queue], "1", clerk)
    closed = window_in(street, [queue], "2")
    first, second = tickets_in(street, queue, 2)
    with hall(street):
        with pytest.raises(Forbidden):
            services.call_ticket(
                window_id=opened, ticket_id=first.id, by=staff_in(street, Role.ANALYST)
            )
        with pytest.raises(NotYourWindow):
            services.call_ticket(
                window_id=opened, ticket_id=first.id, by=staff_in(street, Role.WINDOW_CLERK)
            )
        with pytest.raises(NotOpen):
            services.call_ticket(window_id=closed, ticket_id=first.id, by=SYSTEM)
        services.call_ticket(window_id=opened, ticket_id=first.id, by=clerk)
        with pytest.raises(StillServing):
            services.call_ticket(window_id=opened, ticket_id=second.id, by=clerk)


def test_a_printed_number_is_kept_and_has_its_place_in_the_order(street: HallRef) -> None:
    queue = queue_in(street)
    with hall(street):
        printed = services.take(queue_id=queue, number="K-17", by=SYSTEM).ticket
        own = services.take(queue_id=queue, by=SYSTEM).ticket

    assert [(t.number, t.ordinal) for t in (printed, own)] == [("K-17", 1), ("Z002", 2)]


def test_a_printed_number_comes_once_a_day(street: HallRef) -> None:
    queue = queue_in(street)
    with hall(street):
        with clock.frozen(later(0)):
            services.take(queue_id=queue, number="17", by=SYSTEM)
            with pytest.raises(AlreadyThere):
                services.take(queue_id=queue, number="17", by=SYSTEM)
        with clock.frozen(later(0) + timedelta(days=1)):
            assert services.take(queue_id=queue, number="17", by=SYSTEM).ticket.ordinal == 1


@pytest.mark.parametrize("number", ["", " ", "A00000001", "A\x001"])
def test_a_number_that_cannot_be_shown_is_refused(street: HallRef, number: str) -> None:
    queue = queue_in(street)

    with hall(street), pytest.raises(Invalid):
        services.take(queue_id=queue, number=number, by=SYSTEM)


def test_numbers_go_on_when_the_clock_comes_back_to_a_day(street: HallRef) -> None:
    queue, tomorrow = queue_in(street), later(0) + timedelta(days=1)
    numbers = []
    for at in (later(0), tomorrow, later(1), tomorrow):
        with clock.frozen(at):
            numbers += [ticket.number for ticket in tickets_in(street, queue)]

    assert numbers == ["Z001", "Z001", "Z002", "Z002"]
