"""What the shift lead must answer: full queues, the panic button, early warnings (C-24)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.windows import board_now, load, services
from apps.windows.errors import SignalAnswered
from apps.windows.load import Band
from apps.windows.models import Signal
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log as live
from tests.support.clients import caller_for
from tests.support.counters import MORNING, later, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def slow_queue(street: HallRef, waiting: int) -> Any:
    """One window that took ten minutes for each of six people, and so many who wait."""
    with hall(street):
        with clock.frozen(later(0)):
            queue = queue_in(street)
            window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
            tickets_in(street, queue, 6)
        for turn in range(6):
            with clock.frozen(later(10 * turn)):
                services.call_next(window_id=window, by=SYSTEM)
                services.start(window_id=window, by=SYSTEM)
            with clock.frozen(later(10 * turn + 10)):
                services.finish(window_id=window, by=SYSTEM)
        with clock.frozen(later(60)):
            tickets_in(street, queue, waiting)
    return queue, window


@pytest.mark.parametrize(
    ("minutes", "band"),
    [
        ((0, 18), Band.SMOOTH),
        ((5, 15), Band.NORMAL),
        ((15, 24), Band.NORMAL),
        ((20, 20), Band.CROWDED),
        ((39, 40), Band.CROWDED),
        ((40, 60), Band.SATURATED),
        (None, Band.UNKNOWN),
    ],
)
def test_a_range_has_a_band(street: HallRef, minutes: tuple[int, int] | None, band: Band) -> None:
    """domain.md §3.7: 畅通 <10, 一般 10–20, 拥挤 20–40, 饱和 >40 minutes."""
    with hall(street):
        assert load.band_of(minutes) is band


def test_a_full_queue_suggests_a_window_and_the_log_says_what_changed(street: HallRef) -> None:
    """peers.md §1.2: threshold alert “open another window”, and whether it was done."""
    queue, _ = slow_queue(street, 3)
    lead = staff_in(street, Role.SHIFT_LEAD)
    with hall(street):
        with clock.frozen(later(61)):
            assert services.look_at_queues() == 1
            assert services.look_at_queues() == 0
            (told,) = board_now.signals().suggestions
            assert (told.rule, told.detail["waiting"], told.detail["open_windows"]) == (
                *("crowded", 3),
                1,
            )
            two = window_in(street, [queue], "2", staff_in(street, Role.WINDOW_CLERK))
            done = services.decide_suggestion(
                signal_id=told.id, opened=True, window_id=two, by=lead
            )
            assert (done.state, done.decided_by) == ("accepted", lead.name)
            with pytest.raises(SignalAnswered):
                services.decide_suggestion(signal_id=told.id, opened=False, by=lead)
        with clock.frozen(later(75)):
            services.look_at_queues()
            assert Signal.objects.get(id=told.id).after is None
        with clock.frozen(later(77)):
            services.look_at_queues()
            after = Signal.objects.get(id=told.id).after

    assert after is not None
    assert (after["open_windows"], after["waiting"]) == (2, 3)


def test_a_suggestion_ends_by_itself_when_the_queue_is_quiet(street: HallRef) -> None:
    _, window = slow_queue(street, 3)
    with hall(street):
        with clock.frozen(later(61)):
            services.look_at_queues()
            while services.call_next(window_id=window, by=SYSTEM):
                services.miss(window_id=window, by=SYSTEM)
        with clock.frozen(later(62)):
            services.look_at_queues()
            assert board_now.signals().suggestions == []
            assert Signal.objects.get().state == "ended"


def test_the_panic_button_is_heard_and_somebody_says_i_am_coming(street: HallRef) -> None:
    clerk, colleague = (staff_in(street, Role.WINDOW_CLERK) for _ in range(2))
    with hall(street), clock.frozen(MORNING):
        window = window_in(street, [queue_in(street)], clerk=clerk)
        pressed = services.press_alarm(by=clerk)
        assert (pressed.window_id, pressed.raised_by) == (window, clerk.name)
        accepted = services.accept_alarm(signal_id=pressed.id, by=colleague)
        assert accepted.decided_by == colleague.name
        with pytest.raises(SignalAnswered) as refused:
            services.accept_alarm(signal_id=pressed.id, by=clerk)
        assert [alarm.id for alarm in board_now.alarms()] == [pressed.id]
        with pytest.raises(Stale):
            services.end_alarm(signal_id=pressed.id, version=1, by=clerk)
        services.end_alarm(signal_id=pressed.id, note="已安抚", by=clerk)
        frames = live.since("alarm", 0)

    assert refused.value.params == {"by": colleague.name}
    assert frames is not None
    assert [frame["kind"] for frame in frames] == [
        "alarm.pressed",
        "alarm.accepted",
        "alarm.ended",
    ]
    with hall(street):
        assert board_now.alarms() == []
        with pytest.raises(Forbidden):
            services.press_alarm(by=staff_in(street, Role.ANALYST))


def test_the_third_trip_in_a_month_is_an_early_warning(street: HallRef) -> None:
    """C-24: found before anybody complains."""
    with hall(street):
        queue = queue_in(street)
        for day in (0, 3, 9):
            with clock.frozen(MORNING + timedelta(days=day)):
                services.take(queue_id=queue, phone="19900001234", by=SYSTEM)
        with clock.frozen(MORNING + timedelta(days=9)):
            (warning,) = board_now.signals().warnings
            assert (warning.rule, warning.detail["days"]) == ("third_trip", 3)
            assert "19900001234" not in str(warning.detail)
            services.decide_warning(
                signal_id=warning.id, taken=True, by=staff_in(street, Role.SHIFT_LEAD)
            )
            assert board_now.signals().warnings == []


def test_who_gives_up_twice_is_an_early_warning(street: HallRef) -> None:
    with hall(street), clock.frozen(MORNING):
        queue = queue_in(street)
        for _ in range(2):
            taken = services.take(queue_id=queue, phone="19900001234", by=SYSTEM)
            services.leave(ticket_id=taken.ticket.id, by=SYSTEM)

        (warning,) = board_now.signals().warnings

    assert (warning.rule, warning.detail["times"]) == ("abandoned", 2)


def test_the_live_board_shows_all_of_it_and_another_hall_none(
    street: HallRef, other_street: HallRef
) -> None:
    slow_queue(street, 3)
    lead, clerk = staff_in(street, Role.SHIFT_LEAD), staff_in(street, Role.WINDOW_CLERK)
    with hall(street), clock.frozen(later(61)):
        services.look_at_queues()
        pressed = services.press_alarm(by=clerk)
    body = caller_for(street, lead).get("board/live").json()

    assert [alarm["by"] for alarm in body["alarms"]] == [clerk.name]
    assert {line["queue"]["prefix"] for line in body["lines"]} == {"Z"}
    assert set(body) == {
        *("windows", "lines", "parked", "missed", "suggestions", "alarms", "warnings", "at")
    }
    stranger = caller_for(other_street, staff_in(other_street, Role.SHIFT_LEAD))
    assert stranger.get("board/live").json()["alarms"] == []
    assert stranger.post(f"alarms/{pressed.id}/accept").status_code == 404
    with hall(other_street), pytest.raises(NotFound):
        services.accept_alarm(signal_id=pressed.id, by=SYSTEM)


def test_the_live_board_takes_a_fixed_number_of_queries(street: HallRef) -> None:
    slow_queue(street, 3)
    caller = caller_for(street, staff_in(street, Role.SHIFT_LEAD))
    caller.get("board/live")
    with CaptureQueriesContext(connection) as few:
        caller.get("board/live")
    for prefix in "ABCDE":
        queue = queue_in(street, prefix)
        window_in(street, [queue], prefix, staff_in(street, Role.WINDOW_CLERK))
        tickets_in(street, queue, 4)
    caller.get("board/live")

    with CaptureQueriesContext(connection) as many:
        answer = caller.get("board/live")

    assert answer.status_code == 200
    assert len(many) == len(few) <= 17
