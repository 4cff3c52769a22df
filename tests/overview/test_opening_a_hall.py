"""From the city page down to a hall, its windows, its days, and the number of cases there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from bancheng.city.rollups.facts import NO_WINDOW, Facts, Slice
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from tests.overview.conftest import Fold, body_of
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

THREE, FOUR = UUID(int=3), UUID(int=4)


def busy(load: int) -> Facts:
    return Facts(called=8, served=8, service_n=8, service_sum_s=load * 252, staffed_seconds=25_200)


@pytest.fixture
def analyst(city: HallRef) -> Caller:
    return caller_for(city, staff_in(city, Role.ANALYST))


@pytest.fixture
def five_days(street: HallRef, fold: Fold) -> None:
    """Window 3 is overloaded, window 4 hardly used; cases come in at both and by neither."""
    for back in range(5):
        fold(
            street,
            Slice(busy(90), THREE, label="3 综合窗口"),
            Slice(busy(10), FOUR, label="4 专业窗口"),
            Slice(Facts(receptions=3, cases=2), THREE, cause="hard"),
            Slice(Facts(cases=1), NO_WINDOW, cause=""),
            back=back,
        )


def test_a_hall_opens_to_its_windows_and_days(
    analyst: Caller, street: HallRef, five_days: None
) -> None:
    body = body_of(analyst.get(f"city/halls/{street.id}"))

    assert (body["hall"]["name"], body["hall"]["cases"]) == (street.name, 15)
    windows = {one["window"]["label"]: one for one in body["windows"]}
    assert {label: (one["state"], one["cases"]) for label, one in windows.items()} == {
        "": ("unknown", 5),
        "3 综合窗口": ("overloaded", 10),
        "4 专业窗口": ("light", 0),
    }
    assert windows["3 综合窗口"]["load"] == 0.9
    assert [day["day"] for day in body["days"]] == [f"2026-11-{d}" for d in range(16, 21)]
    assert {day["cases"] for day in body["days"]} == {3}


def test_facts_go_down_to_a_window_on_a_day(
    analyst: Caller, street: HallRef, five_days: None
) -> None:
    answer = analyst.get(f"city/facts?hall={street.id}&from=2026-11-20&to=2026-11-20&by=window")

    rows = body_of(answer)["results"]
    assert [(row["window"]["label"], row["cases"], row["called"]) for row in rows] == [
        ("", 1, 0),
        ("3 综合窗口", 2, 8),
        ("4 专业窗口", 0, 8),
    ]


@pytest.mark.parametrize(("query", "fault"), [("", "required"), ("?hall=nowhere", "invalid")])
def test_facts_are_of_one_hall_that_has_to_be_named(
    analyst: Caller, query: str, fault: str
) -> None:
    answer = analyst.get(f"city/facts{query}")

    assert (answer.status_code, body_of(answer)["params"]) == (422, {"errors": {"hall": [fault]}})


def test_facts_by_cause_count_cases_and_tell_no_text(
    analyst: Caller, street: HallRef, five_days: None
) -> None:
    answer = analyst.get(f"city/facts?hall={street.id}&from=2026-11-20&to=2026-11-20&by=cause")

    rows = body_of(answer)["results"]
    assert [(row["cause"], row["cases"]) for row in rows] == [("", 1), ("hard", 2)]
    words = {name for name, value in rows[0].items() if isinstance(value, str)}
    assert words == {"day", "cause"}


@pytest.mark.parametrize("path", ["city/halls/{}", "city/facts?hall={}"])
@pytest.mark.parametrize("known", [True, False])
def test_a_hall_of_another_network_does_not_exist(
    analyst: Caller, stranger: HallRef, fold: Fold, path: str, known: bool
) -> None:
    """The same answer as for an id that nobody has."""
    fold(stranger, Facts(cases=1))
    wanted = stranger.id if known else UUID(int=1)

    answer = analyst.get(path.format(wanted))

    assert (answer.status_code, body_of(answer)["code"], body_of(answer)["params"]) == (
        404,
        "not_found",
        {},
    )


def test_parts_are_read_for_a_quarter_at_most(analyst: Caller, street: HallRef) -> None:
    query = f"hall={street.id}&from=2026-01-01&to=2026-11-20"

    assert analyst.get(f"city/facts?{query}&by=day").status_code == 200
    assert analyst.get(f"city/facts?{query}&by=window").status_code == 422


def test_opening_a_hall_costs_a_fixed_number_of_queries(
    analyst: Caller,
    street: HallRef,
    five_days: None,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    """Token, head, halls, figures, trend, moments, windows, days.

    For the stored facts: token, head, halls, rows.
    """
    with django_assert_num_queries(8):
        analyst.get(f"city/halls/{street.id}")
    with django_assert_num_queries(4):
        analyst.get(f"city/facts?hall={street.id}&by=window")
