"""Taking, calling, serving: numbers, order, times, and what is refused."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from apps.windows import queries, services
from apps.windows.errors import (
    ImpossibleTime,
    NoTicket,
    NotOpen,
    NotYourWindow,
    StepNotAllowed,
    StillServing,
)
from apps.windows.models import Ticket
from apps.windows.rules import PriorityReason, TicketState
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.kernel.ids import new_id
from bancheng.services.audit import chain
from bancheng.services.live import log as live
from tests.support.counters import MORNING, later, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def test_numbers_of_a_queue_count_up_from_001(street: HallRef) -> None:
    z, a = queue_in(street), queue_in(street, "A", "综合业务")

    numbers = [t.number for t in tickets_in(street, z, 2) + tickets_in(street, a, 1)]

    assert numbers == ["Z001", "Z002", "A001"]


def test_after_midnight_numbers_restart_and_yesterdays_people_are_not_called(
    street: HallRef,
) -> None:
    queue, clerk = queue_in(street), staff_in(street, Role.WINDOW_CLERK)
    with clock.frozen(later(0)):
        tickets_in(street, queue, 3)
    before_midnight = MORNING.replace(hour=23, minute=59, second=59)

    with clock.frozen(before_midnight):
        last = tickets_in(street, queue)[0]
    with clock.frozen(before_midnight + timedelta(seconds=2)):
        window = window_in(street, [queue], clerk=clerk)
        first = tickets_in(street, queue)[0]
        with hall(street):
            called = services.call_next(window_id=window, by=clerk)
            waiting = queries.waiting()[0].count

    assert (last.number, first.number) == ("Z004", "Z001")
    assert called is not None
    assert called.ticket is not None
    assert called.ticket.id == first.id
    assert waiting == 0


def test_wait_walk_and_service_are_measured_between_the_steps(street: HallRef) -> None:
    queue, clerk = queue_in(street), staff_in(street, Role.WINDOW_CLERK)
    with clock.frozen(later(0)):
        window = window_in(street, [queue], clerk=clerk)
        ticket = tickets_in(street, queue)[0]
    with hall(street):
        with clock.frozen(later(12)):
            services.call_next(window_id=window, by=clerk)
        with clock.frozen(later(12.5)):
            services.recall(window_id=window, by=clerk)
        with clock.frozen(later(13)):
            services.start(window_id=window, by=clerk)
        with clock.frozen(later(20)):
            services.finish(window_id=window, by=clerk)

        done = queries.snapshot(ticket.id)

    assert (done.wait_seconds, done.walk_seconds, done.service_seconds) == (720, 60, 420)
    assert (done.state, done.window_number) == ("finished", "1")


def test_the_oldest_number_is_called_first(street: HallRef) -> None:
    queue, clerk = queue_in(street), staff_in(street, Role.WINDOW_CLERK)
    window = window_in(street, [queue], clerk=clerk)
    tickets_in(street, queue, 3)

    assert _call_all(street, window) == ["Z001", "Z002", "Z003"]


def test_a_windows_first_queue_comes_before_its_second(street: HallRef) -> None:
    a, c = queue_in(street, "A"), queue_in(street, "C")
    window = window_in(street, [c, a], clerk=staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, a, 2)
    tickets_in(street, c, 1)

    assert _call_all(street, window) == ["C001", "A001", "A002"]


def test_priority_tickets_take_every_third_call(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, queue, 4)
    tickets_in(street, queue, 3, PriorityReason.ELDERLY)

    expected = ["Z001", "Z002", "Z005", "Z003", "Z004", "Z006", "Z007"]
    with hall(street):
        announced = queries.next_numbers()
    assert announced == expected
    assert _call_all(street, window) == expected


def test_nobody_waiting_is_no_error_and_leaves_no_trace(street: HallRef) -> None:
    window = window_in(street, [queue_in(street)], clerk=staff_in(street, Role.WINDOW_CLERK))
    with hall(street):
        before = live.heads(["queue"])

        assert services.call_next(window_id=window, by=SYSTEM) is None

        assert live.heads(["queue"]) == before


def test_the_next_is_not_called_while_somebody_stands_there(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, queue, 2)
    with hall(street):
        services.call_next(window_id=window, by=SYSTEM)

        with pytest.raises(StillServing) as refused:
            services.call_next(window_id=window, by=SYSTEM)

        assert refused.value.params == {"number": "Z001"}
        assert queries.waiting()[0].count == 1


def test_finishing_without_a_call_is_refused(street: HallRef) -> None:
    window = window_in(street, [queue_in(street)], clerk=staff_in(street, Role.WINDOW_CLERK))

    with hall(street), pytest.raises(NoTicket):
        services.finish(window_id=window, by=SYSTEM)


def test_finishing_before_the_person_came_is_refused_and_changes_nothing(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    ticket = tickets_in(street, queue)[0]
    with hall(street):
        services.call_next(window_id=window, by=SYSTEM)
        entries = chain.verify().entries

        with pytest.raises(StepNotAllowed):
            services.finish(window_id=window, by=SYSTEM)

        now = queries.ticket(ticket.id)
        assert (now.state, now.version, now.finished_at) == ("called", 2, None)
        assert chain.verify().entries == entries


def test_a_missed_number_frees_the_window_and_is_not_called_again(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, queue, 2)
    with hall(street):
        services.call_next(window_id=window, by=SYSTEM)
        missed = services.miss(window_id=window, by=SYSTEM).ticket

        called = services.call_next(window_id=window, by=SYSTEM)

    assert missed is not None
    assert called is not None
    assert called.ticket is not None
    assert (missed.state, missed.number, called.ticket.number) == ("missed", "Z001", "Z002")


def test_a_closed_window_does_not_call(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue])
    tickets_in(street, queue)

    with hall(street), pytest.raises(NotOpen):
        services.call_next(window_id=window, by=SYSTEM)


def test_only_the_clerk_of_the_window_calls_there(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, queue)

    with hall(street), pytest.raises(NotYourWindow):
        services.call_next(window_id=window, by=staff_in(street, Role.WINDOW_CLERK))

    with hall(street):
        assert queries.waiting()[0].count == 1


def test_an_analyst_neither_takes_nor_calls(street: HallRef) -> None:
    queue, analyst = queue_in(street), staff_in(street, Role.ANALYST)
    window = window_in(street, [queue])
    with hall(street):
        with pytest.raises(Forbidden):
            services.take(queue_id=queue, by=analyst)
        with pytest.raises(Forbidden):
            services.call_next(window_id=window, by=analyst)
        assert queries.waiting()[0].count == 0


def test_a_step_before_the_one_it_follows_is_refused(street: HallRef) -> None:
    queue = queue_in(street)
    with clock.frozen(later(0)):
        window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    with clock.frozen(later(10)):
        ticket = tickets_in(street, queue)[0]

    with hall(street), clock.frozen(later(9)), pytest.raises(ImpossibleTime):
        services.call_next(window_id=window, by=SYSTEM)

    with hall(street):
        assert queries.ticket(ticket.id).state == TicketState.WAITING


def test_the_database_itself_refuses_impossible_times(street: HallRef) -> None:
    ticket = tickets_in(street, queue_in(street))[0]
    earlier = ticket.taken_at - timedelta(seconds=1)

    with hall(street), pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(id=ticket.id).update(state="missed", called_at=earlier)


def test_a_stale_version_of_the_window_is_refused(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, queue)
    with hall(street):
        seen = queries.window(window).window.version
        services.call_next(window_id=window, by=SYSTEM)

        with pytest.raises(Stale) as refused:
            services.miss(window_id=window, version=seen, by=SYSTEM)

    assert refused.value.params == {"current": seen + 1}


def test_another_halls_ticket_window_and_queue_are_unknown(
    street: HallRef, other_street: HallRef
) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
    ticket = tickets_in(street, queue)[0]
    with hall(other_street):
        with pytest.raises(NotFound):
            queries.ticket(ticket.id)
        with pytest.raises(NotFound):
            services.call_next(window_id=window, by=SYSTEM)
        with pytest.raises(Invalid):
            services.take(queue_id=queue, by=SYSTEM)
        with pytest.raises(NotFound):
            queries.ticket(new_id())


def test_two_calls_of_one_instant_are_both_announced_in_order(street: HallRef) -> None:
    queue, clerk = queue_in(street), staff_in(street, Role.WINDOW_CLERK)
    with clock.frozen(later(0)), hall(street):
        windows = [window_in(street, [queue], number, clerk) for number in ("1", "2")]
        tickets_in(street, queue, 2)
        for window in windows:
            services.call_next(window_id=window, by=clerk)

        told = [(call.number, call.window, call.seq) for call in queries.announcements()]
        frames = live.since("display", 0)

    assert told == [("Z002", "2", 2), ("Z001", "1", 1)]
    assert frames is not None
    assert [frame["data"]["number"] for frame in frames] == ["Z001", "Z002"]
    assert clerk.name not in str(frames)


def test_yesterdays_announcements_are_not_shown_today(street: HallRef) -> None:
    queue, clerk = queue_in(street), staff_in(street, Role.WINDOW_CLERK)
    with clock.frozen(later(0)), hall(street):
        window = window_in(street, [queue], clerk=clerk)
        tickets_in(street, queue)
        services.call_next(window_id=window, by=clerk)

    with clock.frozen(later(20 * 60)), hall(street):
        assert queries.announcements() == []


def test_expected_minutes_need_five_services_and_an_open_window(street: HallRef) -> None:
    queue = queue_in(street)
    with clock.frozen(later(0)), hall(street):
        window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
        tickets_in(street, queue, 7)
    _serve(street, window, minutes=(4, 6, 6, 8))
    with clock.frozen(later(60)), hall(street):
        too_few = services.take(queue_id=queue, by=SYSTEM).outlook
    _serve(street, window, minutes=(6,))

    with clock.frozen(later(70)), hall(street):
        enough = services.take(queue_id=queue, by=SYSTEM).outlook

    # 4 6 6 6 8: the middle half is 6…6; three wait, one window: 3×6 to (3+1)×6
    assert (too_few.ahead, too_few.minutes) == (3, None)
    assert (enough.ahead, enough.minutes) == (3, (18, 24))


def _call_all(ref: HallRef, window: UUID) -> list[str]:
    """Call, and let nobody come, until nobody waits."""
    numbers = []
    with hall(ref):
        while done := services.call_next(window_id=window, by=SYSTEM):
            assert done.ticket is not None
            numbers.append(done.ticket.number)
            services.miss(window_id=done.window.id, by=SYSTEM)
    return numbers


def _serve(ref: HallRef, window: UUID, minutes: tuple[int, ...]) -> None:
    with hall(ref):
        for index, lasting in enumerate(minutes):
            with clock.frozen(later(10 + index)):
                services.call_next(window_id=window, by=SYSTEM)
                services.start(window_id=window, by=SYSTEM)
            with clock.frozen(later(10 + index + lasting)):
                services.finish(window_id=window, by=SYSTEM)
