"""Days that happened before are taken over whole."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.windows import queries, services
from apps.windows.models import Ticket, WindowSpan
from apps.windows.rules import PriorityReason
from apps.windows.services import PastSpan, PastTicket
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden, Invalid
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log as live
from tests.support.counters import later, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
AFTERWARDS = later(0) + timedelta(days=30)


def test_past_tickets_are_numbered_in_the_order_given(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue])
    served = PastTicket(queue, later(0), window, later(5), later(6), later(16))
    missed = PastTicket(queue, later(1), window, later(17))
    never = PastTicket(queue, later(2), priority_reason=PriorityReason.ELDERLY)

    with hall(street), clock.frozen(AFTERWARDS):
        stored = services.record_past(
            tickets=[served, missed, never],
            spans=[PastSpan(window, later(0), later(60))],
            by=SYSTEM,
        )

        found = list(queries.tickets_of_day(clock.day_of(later(0))).order_by("ordinal"))
        span = WindowSpan.objects.get()
        announced = live.heads(["queue", "display"])

    shown = [(t.number, t.state, t.wait_seconds, t.service_seconds) for t in found]
    assert stored == 3
    assert shown == [
        ("Z001", "finished", 300, 600),
        ("Z002", "missed", 960, None),
        ("Z003", "waiting", None, None),
    ]
    assert (span.started_at, span.ended_at) == (later(0), later(60))
    assert announced == {"queue": 0, "display": 0}


def test_a_day_that_has_numbers_goes_on_counting(street: HallRef) -> None:
    queue = queue_in(street)
    with clock.frozen(later(0)):
        tickets_in(street, queue, 2)

    with hall(street), clock.frozen(AFTERWARDS):
        services.record_past(tickets=[PastTicket(queue, later(3))], by=SYSTEM)

        numbers = list(Ticket.objects.order_by("ordinal").values_list("number", flat=True))

    assert numbers == ["Z001", "Z002", "Z003"]


def test_today_is_not_history(street: HallRef) -> None:
    queue = queue_in(street)

    with hall(street), clock.frozen(later(60)), pytest.raises(Invalid):
        services.record_past(tickets=[PastTicket(queue, later(0))], by=SYSTEM)


def test_impossible_times_are_refused_whole(street: HallRef) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue])
    good = PastTicket(queue, later(0), window, later(5), later(6), later(16))
    bad = PastTicket(queue, later(0), window, later(5), later(6), later(4))

    with hall(street), clock.frozen(AFTERWARDS):
        with pytest.raises(IntegrityError), transaction.atomic():
            services.record_past(tickets=[good, bad], by=SYSTEM)

        assert Ticket.objects.count() == 0


def test_a_clerk_writes_no_history(street: HallRef) -> None:
    clerk = staff_in(street, Role.WINDOW_CLERK)

    with hall(street), pytest.raises(Forbidden):
        services.record_past(tickets=[], by=clerk)
