"""Who is called next, and which steps lead where. No database."""

from itertools import product

import pytest

from apps.windows import lining, rules
from apps.windows.errors import StepNotAllowed
from apps.windows.lining import Line
from apps.windows.rules import TicketState, TicketStep, WindowState

ALLOWED = {
    ("waiting", "call"): "called",
    ("called", "recall"): "called",
    ("called", "start"): "serving",
    ("called", "miss"): "missed",
    ("serving", "finish"): "finished",
    ("called", "undo"): "waiting",
    ("missed", "return"): "waiting",
    ("waiting", "transfer"): "waiting",
    ("called", "transfer"): "waiting",
    ("serving", "transfer"): "waiting",
    ("serving", "park"): "parked",
    ("parked", "resume"): "serving",
    ("waiting", "leave"): "left",
    ("parked", "leave"): "left",
}


@pytest.mark.parametrize(("state", "step"), list(product(TicketState, TicketStep)))
def test_a_ticket_goes_its_way_and_no_other(state: TicketState, step: TicketStep) -> None:
    wanted = ALLOWED.get((state.value, step.value))

    if wanted is None:
        with pytest.raises(StepNotAllowed):
            rules.after(state, step)
    else:
        assert rules.after(state, step) == wanted


def test_a_closed_window_is_not_paused() -> None:
    with pytest.raises(StepNotAllowed):
        rules.require_window_move(WindowState.CLOSED, WindowState.PAUSED)


def test_an_open_window_can_be_extended() -> None:
    rules.require_window_move(WindowState.OPEN, WindowState.EXTENDED)


def test_nobody_waiting_means_nobody_called() -> None:
    assert lining.priority_is_next(Line(False, False, 0)) is None


def test_one_of_every_three_calls_is_a_priority_call() -> None:
    order = lining.calling_order(6, 6, 0)

    assert order == [False, False, True, False, False, True, False, False, True, True, True, True]


def test_a_priority_ticket_that_finds_a_long_ordinary_run_is_called_at_once() -> None:
    assert lining.calling_order(2, 1, 2) == [True, False, False]


def test_endless_priority_tickets_never_starve_the_ordinary_line() -> None:
    order = lining.calling_order(20, 1000, 0)

    first_thirty = order[:30]
    assert first_thirty.count(False) == 20


def test_an_endless_ordinary_line_never_starves_priority_tickets() -> None:
    order = lining.calling_order(1000, 10, 0)

    assert [place for place, chosen in enumerate(order) if chosen] == list(range(2, 32, 3))


@pytest.mark.parametrize(
    ("ordinary", "priority", "in_a_row", "mine_is_priority", "expected"),
    [
        (0, 0, 0, False, 0),
        (5, 0, 0, False, 5),
        (2, 2, 0, False, 3),  # N N P then mine
        (4, 0, 0, True, 2),  # N N then mine
        (4, 0, 2, True, 0),
        (4, 1, 2, True, 3),  # P N N then mine
    ],
)
def test_people_ahead_are_those_called_before_a_new_ticket(
    ordinary: int, priority: int, in_a_row: int, mine_is_priority: bool, expected: int
) -> None:
    found = lining.ahead(
        ordinary=ordinary,
        priority=priority,
        in_a_row=in_a_row,
        mine_is_priority=mine_is_priority,
    )

    assert found == expected
