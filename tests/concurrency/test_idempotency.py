"""The same key sent many times at once: one effect, one answer (security.md §5.3)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from apps.windows.models import Ticket
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from bancheng.services.live.models import LiveEvent
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in
from tests.support.people import staff_in

pytestmark = pytest.mark.usefixtures("committed")

THREADS = 8


def test_a_button_pressed_eight_times_at_once_has_one_effect(street: HallRef) -> None:
    queue = queue_in(street)
    clerk = caller_for(street, staff_in(street, Role.WINDOW_CLERK))

    answers = at_once([(clerk, queue, "k1")] * THREADS)

    assert {status for status, _ in answers} == {201}
    assert len({ticket for _, ticket in answers}) == 1
    with hall(street):
        assert Ticket.objects.count() == 1
        assert LiveEvent.objects.filter(topic="queue").count() == 1


def test_two_people_with_the_same_key_do_not_wait_for_each_others_answer(street: HallRef) -> None:
    queue = queue_in(street)
    people = [caller_for(street, staff_in(street, Role.WINDOW_CLERK)) for _ in range(2)]

    answers = at_once([(person, queue, "k1") for person in people for _ in range(3)])

    assert {status for status, _ in answers} == {201}
    assert len({ticket for _, ticket in answers}) == 2
    with hall(street):
        assert sorted(Ticket.objects.values_list("number", flat=True)) == ["Z001", "Z002"]


def test_of_two_different_bodies_under_one_key_one_is_refused(street: HallRef) -> None:
    queues = [queue_in(street, "Z"), queue_in(street, "T", name="退役军人")]
    clerk = caller_for(street, staff_in(street, Role.WINDOW_CLERK))

    answers = at_once([(clerk, queue, "k1") for queue in queues])

    assert sorted(status for status, _ in answers) == [201, 422]
    with hall(street):
        assert Ticket.objects.count() == 1
        assert chain.verify().broken_at is None


def at_once(presses: list[tuple[Caller, UUID, str]]) -> list[tuple[int, str | None]]:
    barrier = Barrier(len(presses))

    def press(given: tuple[Caller, UUID, str]) -> tuple[int, str | None]:
        caller, queue, key = given
        barrier.wait(10)
        try:
            answer: Any = caller.post("tickets", {"queue": queue}, key=key)
            return answer.status_code, answer.json().get("id")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))
