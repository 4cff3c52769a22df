"""What else may happen to a number: back in line, elsewhere, set aside, taken back, without one."""

from datetime import timedelta
from uuid import UUID

import pytest

from apps.windows import queries, services
from apps.windows.errors import (
    NotYourWindow,
    ReturnedAlready,
    ReturnTooLate,
    StepNotAllowed,
    StillServing,
    TooLateToUndo,
)
from apps.windows.models import Queue, Ticket
from apps.windows.rules import PriorityReason
from apps.windows.services import Destination
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.support.counters import later, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def clerk_in(street: HallRef) -> Actor:
    return staff_in(street, Role.WINDOW_CLERK)


def call(window: UUID, at: float) -> str | None:
    """Press next; the number called."""
    with clock.frozen(later(at)):
        done = services.call_next(window_id=window, by=SYSTEM)
    return done.ticket.number if done and done.ticket else None


def serve_all(window: UUID, at: float) -> list[str]:
    """The order in which everybody who waits is called."""
    order = []
    while number := call(window, at):
        order.append(number)
        with clock.frozen(later(at)):
            services.miss(window_id=window, by=SYSTEM)
    return order


def test_a_missed_number_comes_back_behind_three_people(street: HallRef) -> None:
    """domain.md §3.7: return within 30 minutes, inserted after 3 people, once."""
    with clock.frozen(later(0)), hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk_in(street))
        missed = tickets_in(street, queue, 8)[0]
    with hall(street):
        assert call(window, 1) == "Z001"
        with clock.frozen(later(2)):
            services.miss(window_id=window, by=SYSTEM)
        with clock.frozen(later(20)):
            back = services.return_missed(ticket_id=missed.id, by=SYSTEM).ticket

        assert (back.state, back.returns, back.number) == ("waiting", 1, "Z001")
        assert serve_all(window, 21) == [
            *("Z002", "Z003", "Z004", "Z001", "Z005", "Z006", "Z007", "Z008")
        ]


def test_of_two_who_come_back_nobody_pushes_the_other_back(street: HallRef) -> None:
    """Who came back first stays in front; nobody else's place changes."""
    with clock.frozen(later(0)), hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk_in(street))
        first, second = tickets_in(street, queue, 7)[:2]
    with hall(street):
        for at in (1, 2):
            call(window, at)
            with clock.frozen(later(at)):
                services.miss(window_id=window, by=SYSTEM)
        for at, ticket in ((3, second), (4, first)):
            with clock.frozen(later(at)):
                services.return_missed(ticket_id=ticket.id, by=SYSTEM)

        assert serve_all(window, 5) == ["Z003", "Z004", "Z005", "Z002", "Z001", "Z006", "Z007"]


def test_three_people_of_both_kinds_are_called_before_who_comes_back(street: HallRef) -> None:
    with clock.frozen(later(0)), hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk_in(street))
        missed = tickets_in(street, queue, 6)[0]
        tickets_in(street, queue, 2, PriorityReason.ELDERLY)
    with hall(street):
        call(window, 1)
        with clock.frozen(later(1)):
            services.miss(window_id=window, by=SYSTEM)
        with clock.frozen(later(2)):
            services.return_missed(ticket_id=missed.id, by=SYSTEM)

        # One ordinary call was made, so the order is N P N | then Z001
        assert serve_all(window, 3)[:4] == ["Z002", "Z007", "Z003", "Z001"]


def test_a_number_comes_back_once_and_not_after_half_an_hour(street: HallRef) -> None:
    with clock.frozen(later(0)), hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk_in(street))
        early, late = tickets_in(street, queue, 2)
    with hall(street):
        for at in (1, 2):
            call(window, at)
            with clock.frozen(later(at)):
                services.miss(window_id=window, by=SYSTEM)
        with clock.frozen(later(30)):
            services.return_missed(ticket_id=early.id, by=SYSTEM)
        call(window, 31)
        with clock.frozen(later(31)):
            services.miss(window_id=window, by=SYSTEM)
            with pytest.raises(ReturnedAlready):
                services.return_missed(ticket_id=early.id, by=SYSTEM)
        with clock.frozen(later(32.1)), pytest.raises(ReturnTooLate) as refused:
            services.return_missed(ticket_id=late.id, by=SYSTEM)

        assert refused.value.params == {"minutes": 30}
        assert queries.ticket(late.id).state == "missed"


def test_a_transfer_keeps_the_place_of_who_came_when(street: HallRef) -> None:
    """domain.md §3.7 and peers.md §1.2: redirected without losing the wait."""
    with hall(street):
        with clock.frozen(later(0)):
            a, b = queue_in(street, "A"), queue_in(street, "B")
            window = window_in(street, [b], clerk=clerk_in(street))
            tickets_in(street, b, 2)
        with clock.frozen(later(5)):
            moved = tickets_in(street, a)[0]
        with clock.frozen(later(10)):
            tickets_in(street, b, 2)
        with clock.frozen(later(20)):
            services.transfer(ticket_id=moved.id, to=Destination(queue=b), by=SYSTEM)
            assert [line.count for line in queries.waiting()] == [0, 5]

        assert serve_all(window, 21) == ["B001", "B002", "A001", "B003", "B004"]
        with clock.frozen(later(60)):
            tickets_in(street, a)
            assert Ticket.objects.filter(number="A002").exists()


def test_who_is_sent_on_from_a_window_waits_anew_and_is_served_once(street: HallRef) -> None:
    """Both waits and both stays count for one visit (M-03, M-05)."""
    with hall(street):
        with clock.frozen(later(0)):
            a, b = queue_in(street, "A"), queue_in(street, "B")
            one = window_in(street, [a], "1", clerk_in(street))
            two = window_in(street, [b], "2", clerk_in(street))
            ticket = tickets_in(street, a)[0]
        call(one, 10)
        with clock.frozen(later(11)):
            services.start(window_id=one, by=SYSTEM)
        with clock.frozen(later(15)):
            services.transfer(ticket_id=ticket.id, to=Destination(queue=b), by=SYSTEM)
            assert queries.window(one).current_ticket is None
        call(two, 18)
        with clock.frozen(later(19)):
            services.start(window_id=two, by=SYSTEM)
        with clock.frozen(later(29)):
            services.finish(window_id=two, by=SYSTEM)

        done = queries.snapshot(ticket.id)
    assert (done.wait_seconds, done.service_seconds) == (600 + 180, 240 + 600)
    assert (done.window_number, done.state) == ("2", "finished")


@pytest.mark.parametrize("to", ["window", "post"])
def test_who_is_sent_to_one_window_or_person_is_called_there_first_and_nowhere_else(
    street: HallRef, to: str
) -> None:
    with clock.frozen(later(0)), hall(street):
        queue, other = queue_in(street, "A"), queue_in(street, "B")
        mine, colleague = clerk_in(street), clerk_in(street)
        one = window_in(street, [queue], "1", mine)
        two = window_in(street, [other], "2", colleague)
        sent = tickets_in(street, queue, 2)[0]
        tickets_in(street, other, 1)
        where = Destination(window=two) if to == "window" else Destination(post=colleague.post_id)
        services.transfer(ticket_id=sent.id, to=where, by=SYSTEM)
        with pytest.raises(Invalid):
            services.call_ticket(window_id=one, ticket_id=sent.id, by=SYSTEM)
    with hall(street):
        assert serve_all(one, 1) == ["A002"]
        assert serve_all(two, 2) == ["A001", "B001"]


def test_a_transfer_wants_exactly_one_known_destination(street: HallRef) -> None:
    with hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue])
        ticket = tickets_in(street, queue)[0]
        wrong = [
            Destination(),
            Destination(queue=queue, window=window),
            Destination(queue=queue),
            Destination(window=ticket.id),
            Destination(post=ticket.id),
            Destination(queue=ticket.id),
        ]
        for to in wrong:
            with pytest.raises(Invalid):
                services.transfer(ticket_id=ticket.id, to=to, by=SYSTEM)
        now = queries.ticket(ticket.id)
        assert (now.version, now.queue_id, now.for_window_id) == (1, queue, None)


def test_who_is_set_aside_is_served_on_and_the_pause_is_neither_wait_nor_service(
    street: HallRef,
) -> None:
    with hall(street):
        with clock.frozen(later(0)):
            queue = queue_in(street)
            one = window_in(street, [queue], "1", clerk_in(street))
            two = window_in(street, [queue], "2", clerk_in(street))
            ticket = tickets_in(street, queue, 2)[0]
        call(one, 4)
        with clock.frozen(later(5)):
            services.start(window_id=one, by=SYSTEM)
        with clock.frozen(later(8)):
            services.park(window_id=one, by=SYSTEM, note="填表")
            assert [t.number for t in queries.window(one).parked] == ["Z001"]
        assert call(one, 9) == "Z002"
        with clock.frozen(later(20)):
            with pytest.raises(StillServing):
                services.resume(window_id=one, ticket_id=ticket.id, by=SYSTEM)
            services.resume(window_id=two, ticket_id=ticket.id, by=SYSTEM)
        with clock.frozen(later(26)):
            services.finish(window_id=two, by=SYSTEM)

        done = queries.snapshot(ticket.id)
    assert (done.wait_seconds, done.service_seconds) == (240, (3 + 6) * 60)


def test_a_wrong_call_is_taken_back_to_its_place_and_its_turn(street: HallRef) -> None:
    with hall(street):
        with clock.frozen(later(0)):
            queue = queue_in(street)
            window = window_in(street, [queue], clerk=clerk_in(street))
            tickets_in(street, queue, 3)
            tickets_in(street, queue, 1, PriorityReason.ILL)
        with clock.frozen(later(1)):
            services.call_next(window_id=window, by=SYSTEM)
            assert [told.number for told in queries.announcements()] == ["Z001"]
        with clock.frozen(later(1) + timedelta(seconds=10)):
            taken_back = services.undo(window_id=window, by=SYSTEM).ticket
            assert taken_back is not None
            assert (taken_back.state, taken_back.calls) == ("waiting", 0)
            assert queries.announcements() == []
            assert Queue.objects.get(id=queue).ordinary_in_a_row == 0

        assert serve_all(window, 2) == ["Z001", "Z002", "Z004", "Z003"]


def test_a_call_is_not_taken_back_later_or_once_served(street: HallRef) -> None:
    with hall(street):
        with clock.frozen(later(0)):
            queue = queue_in(street)
            window = window_in(street, [queue], clerk=clerk_in(street))
            tickets_in(street, queue)
            services.call_next(window_id=window, by=SYSTEM)
        with clock.frozen(later(0) + timedelta(seconds=11)), pytest.raises(TooLateToUndo):
            services.undo(window_id=window, by=SYSTEM)
        with clock.frozen(later(0.1)):
            services.start(window_id=window, by=SYSTEM)
            with pytest.raises(StepNotAllowed):
                services.undo(window_id=window, by=SYSTEM)
        assert queries.window(window).current_ticket is not None


def test_several_matters_in_one_visit_are_one_service(street: HallRef) -> None:
    with hall(street):
        with clock.frozen(later(0)):
            queue = queue_in(street)
            window = window_in(street, [queue], clerk=clerk_in(street))
            ticket = tickets_in(street, queue)[0]
            services.call_next(window_id=window, by=SYSTEM)
            services.start(window_id=window, by=SYSTEM)
        with clock.frozen(later(5)):
            services.next_matter(window_id=window, outcome="done", item_code="A-1", by=SYSTEM)
        with clock.frozen(later(9)):
            services.finish(window_id=window, outcome="materials", item_code="A-2", by=SYSTEM)

        done = queries.ticket(ticket.id)
    assert [(one["item_code"], one["outcome"]) for one in done.matters] == [
        ("A-1", "done"),
        ("A-2", "materials"),
    ]
    assert done.service_seconds == 540


def test_somebody_without_a_number_is_served_at_once(street: HallRef) -> None:
    with clock.frozen(later(0)), hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk_in(street))
        tickets_in(street, queue)

        served = services.walk_in(window_id=window, queue_id=queue, by=SYSTEM).ticket

        assert served is not None
        assert (served.number, served.state, served.wait_seconds) == ("Z002", "serving", None)
        assert queries.waiting()[0].count == 1
        with pytest.raises(StillServing):
            services.walk_in(window_id=window, queue_id=queue, by=SYSTEM)


def test_the_shift_lead_ends_what_hangs(street: HallRef) -> None:
    with hall(street):
        clerk, lead = clerk_in(street), staff_in(street, Role.SHIFT_LEAD)
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk)
        tickets_in(street, queue, 2)
        services.call_next(window_id=window, by=clerk)
        services.start(window_id=window, by=clerk)
        with pytest.raises(Forbidden):
            services.end_service(window_id=window, reason="忘记结束", by=clerk)

        ended = services.end_service(window_id=window, reason="忘记结束", by=lead).ticket

        assert ended is not None
        assert (ended.state, ended.outcome) == ("finished", "ended_by_lead")
        assert services.call_next(window_id=window, by=clerk) is not None


def test_who_gives_up_is_not_called(street: HallRef) -> None:
    with hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk_in(street))
        first = tickets_in(street, queue, 2)[0]

        services.leave(ticket_id=first.id, by=SYSTEM)

        done = services.call_next(window_id=window, by=SYSTEM)
        assert done is not None
        assert done.ticket is not None
        assert done.ticket.number == "Z002"
        with pytest.raises(StepNotAllowed):
            services.leave(ticket_id=done.ticket.id, by=SYSTEM)


def test_another_clerk_and_another_hall_do_none_of_it(
    street: HallRef, other_street: HallRef
) -> None:
    with hall(street):
        clerk, stranger = clerk_in(street), clerk_in(street)
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=clerk)
        ticket = tickets_in(street, queue)[0]
        services.call_next(window_id=window, by=clerk)
        entries = chain.verify().entries
        for act in (services.undo, services.park, services.recall):
            with pytest.raises(NotYourWindow):
                act(window_id=window, by=stranger)
        with pytest.raises(NotYourWindow):
            services.transfer(ticket_id=ticket.id, to=Destination(window=window), by=stranger)
        assert chain.verify().entries == entries
    with hall(other_street):
        for step in (services.return_missed, services.leave):
            with pytest.raises(NotFound):
                step(ticket_id=ticket.id, by=SYSTEM)
        with pytest.raises(NotFound):
            services.transfer(ticket_id=ticket.id, to=Destination(window=window), by=SYSTEM)
