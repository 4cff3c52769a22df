"""Opening, pausing, closing; staffed time; windows left open over night."""

from datetime import timedelta

import pytest

from apps.windows import queries, services
from apps.windows.errors import NotYourWindow, StepNotAllowed, StillServing, Taken
from apps.windows.models import WindowSpan
from apps.windows.rules import WindowState
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import later, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

NEXT_MORNING = later(0) + timedelta(days=1)


def test_a_shift_leaves_its_spans(street: HallRef) -> None:
    clerk = staff_in(street, Role.WINDOW_CLERK)
    with clock.frozen(later(0)):
        window = window_in(street, [queue_in(street)], clerk=clerk)
    with hall(street):
        with clock.frozen(later(60)):
            services.pause(window_id=window, reason="系统故障", by=clerk)
        with clock.frozen(later(75)):
            services.open_window(window_id=window, by=clerk)
        with clock.frozen(later(180)):
            services.close(window_id=window, by=clerk)

        spans = WindowSpan.objects.order_by("started_at")
        found = [(span.state, span.ended_at - span.started_at) for span in spans]  # type: ignore[operator]

    assert found == [
        ("open", timedelta(minutes=60)),
        ("paused", timedelta(minutes=15)),
        ("open", timedelta(minutes=105)),
    ]


def test_an_open_window_shows_who_opened_it(street: HallRef) -> None:
    clerk = staff_in(street, Role.WINDOW_CLERK)
    window = window_in(street, [queue_in(street)], clerk=clerk)

    with hall(street):
        shown = queries.window(window).window

    assert (shown.state, shown.clerk_id, shown.clerk_name) == ("open", clerk.post_id, clerk.name)


def test_a_pause_tells_its_reason_and_opening_clears_it(street: HallRef) -> None:
    clerk = staff_in(street, Role.WINDOW_CLERK)
    window = window_in(street, [queue_in(street)], clerk=clerk)
    with hall(street):
        paused = services.pause(
            window_id=window, reason="午休", state=WindowState.AWAY, by=clerk
        ).window
        told = (paused.state, paused.state_reason)
        opened = services.open_window(window_id=window, by=clerk).window

    assert told == ("away", "午休")
    assert (opened.state, opened.state_reason) == ("open", "")


def test_a_second_clerk_cannot_open_an_open_window(street: HallRef) -> None:
    window = window_in(street, [queue_in(street)], clerk=staff_in(street, Role.WINDOW_CLERK))

    with hall(street), pytest.raises(Taken):
        services.open_window(window_id=window, by=staff_in(street, Role.WINDOW_CLERK))


def test_a_second_clerk_can_take_over_a_paused_window(street: HallRef) -> None:
    first, second = staff_in(street, Role.WINDOW_CLERK), staff_in(street, Role.DESK_OFFICER)
    window = window_in(street, [queue_in(street)], clerk=first)
    with hall(street):
        services.pause(window_id=window, reason="换班", by=first)

        taken = services.open_window(window_id=window, by=second).window

    assert taken.clerk_id == second.post_id


def test_a_colleague_cannot_close_ones_window_but_the_shift_lead_can(street: HallRef) -> None:
    window = window_in(street, [queue_in(street)], clerk=staff_in(street, Role.WINDOW_CLERK))
    with hall(street):
        with pytest.raises(NotYourWindow):
            services.close(window_id=window, by=staff_in(street, Role.WINDOW_CLERK))

        closed = services.close(window_id=window, by=staff_in(street, Role.SHIFT_LEAD)).window

    assert (closed.state, closed.clerk_id) == ("closed", None)


def test_a_window_with_a_person_is_neither_paused_nor_closed(street: HallRef) -> None:
    clerk, queue = staff_in(street, Role.WINDOW_CLERK), queue_in(street)
    window = window_in(street, [queue], clerk=clerk)
    tickets_in(street, queue)
    with hall(street):
        services.call_next(window_id=window, by=clerk)
        with pytest.raises(StillServing):
            services.pause(window_id=window, reason="午休", by=clerk)
        with pytest.raises(StillServing):
            services.close(window_id=window, by=clerk)

        assert queries.window(window).window.state == "open"


def test_opening_twice_is_refused(street: HallRef) -> None:
    clerk = staff_in(street, Role.WINDOW_CLERK)
    window = window_in(street, [queue_in(street)], clerk=clerk)

    with hall(street), pytest.raises(StepNotAllowed):
        services.open_window(window_id=window, by=clerk)


def test_service_beyond_the_hours_is_its_own_state(street: HallRef) -> None:
    clerk = staff_in(street, Role.WINDOW_CLERK)
    window = window_in(street, [queue_in(street)], clerk=clerk)
    with hall(street):
        extended = services.open_window(window_id=window, extended=True, by=clerk).window

    assert extended.state == "extended"


def test_a_department_handler_opens_no_window(street: HallRef) -> None:
    window = window_in(street, [queue_in(street)])

    with hall(street), pytest.raises(Forbidden):
        services.open_window(window_id=window, by=staff_in(street, Role.DEPT_HANDLER))


def test_a_window_left_open_is_closed_at_its_last_act(street: HallRef) -> None:
    clerk, queue = staff_in(street, Role.WINDOW_CLERK), queue_in(street)
    with clock.frozen(later(0)):
        window = window_in(street, [queue], clerk=clerk)
        served, called = tickets_in(street, queue, 2)
    with hall(street):
        with clock.frozen(later(30)):
            services.call_next(window_id=window, by=clerk)
        with clock.frozen(later(31)):
            services.start(window_id=window, by=clerk)
        with clock.frozen(NEXT_MORNING):
            closed = services.end_day()
            again = services.end_day()

        span = WindowSpan.objects.get()
        left = queries.snapshot(served.id)

    assert (closed, again) == (1, 0)
    assert (span.started_at, span.ended_at) == (later(0), later(31))
    assert (left.state, left.finished_at, left.service_seconds) == ("finished", None, None)
    with hall(street):
        assert queries.window(window).window.state == "closed"
        assert queries.snapshot(called.id).state == "left"


def test_a_window_still_busy_after_midnight_is_left_alone(street: HallRef) -> None:
    clerk, queue = staff_in(street, Role.WINDOW_CLERK), queue_in(street)
    midnight = later(0).replace(hour=0) + timedelta(days=1)
    with clock.frozen(later(0)):
        window = window_in(street, [queue], clerk=clerk)
    with hall(street):
        with clock.frozen(midnight - timedelta(minutes=5)):
            services.take(queue_id=queue, by=SYSTEM)
            services.call_next(window_id=window, by=clerk)
        with clock.frozen(midnight + timedelta(minutes=5)):
            assert services.end_day() == 0


def test_opening_in_the_morning_settles_the_day_before(street: HallRef) -> None:
    first, second = staff_in(street, Role.WINDOW_CLERK), staff_in(street, Role.WINDOW_CLERK)
    with clock.frozen(later(0)):
        window = window_in(street, [queue_in(street)], clerk=first)

    with hall(street), clock.frozen(NEXT_MORNING):
        opened = services.open_window(window_id=window, by=second).window
        spans = list(WindowSpan.objects.order_by("started_at").values_list("ended_at", flat=True))

    assert opened.clerk_id == second.post_id
    assert spans == [later(0), None]
