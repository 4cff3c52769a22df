"""The city page: halls beside their peers, honestly."""

from collections.abc import Callable
from typing import Any

import pytest

from bancheng.city.rollups.facts import Facts
from bancheng.city.rollups.histogram import histogram
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log as live
from tests.overview.conftest import Fold, body_of
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

GOOD = Facts(
    receptions=400, cases=200, due_n=200, on_time_n=196, closed_n=100, done=80, withdrawn=4
)
POOR = Facts(receptions=300, cases=200, due_n=200, on_time_n=140, closed_n=100, done=50, red=60)
SMALL = Facts(receptions=9, cases=3, due_n=3, on_time_n=3)


def analyst_of(ref: HallRef) -> Caller:
    return caller_for(ref, staff_in(ref, Role.ANALYST))


def rows_of(answer: Any) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in body_of(answer)["halls"]}


def test_the_city_sees_every_hall_of_its_network_and_their_sum(
    city: HallRef, street: HallRef, other_street: HallRef, stranger: HallRef, fold: Fold
) -> None:
    fold(street, GOOD)
    fold(other_street, POOR)
    fold(stranger, Facts(cases=7_777))

    answer = analyst_of(city).get("city/halls")

    body = body_of(answer)
    assert answer.status_code == 200
    assert {row["name"] for row in body["halls"]} == {
        "云江市民之家",
        "青禾区政务服务中心",
        "滨河街道为民服务中心",
        "古镇街道为民服务中心",
    }
    assert (body["network"]["cases"], body["network"]["receptions"]) == (400, 700)
    assert (body["from"], body["to"]) == ("2026-10-22", "2026-11-20")
    assert body["minimum_sample"] == 10


def test_rates_are_shown_with_fraction_exclusions_interval_and_band(
    city: HallRef, street: HallRef, other_street: HallRef, fold: Fold
) -> None:
    """Mean of the two streets: 336 of 400 = 0.84; shrunk (196 + 16.8) ÷ 220."""
    fold(street, GOOD)
    fold(other_street, POOR)

    rows = rows_of(analyst_of(city).get("city/halls"))

    good, poor = rows[street.name]["on_time"], rows[other_street.name]["on_time"]
    assert (good["x"], good["n"], good["value"]) == (196, 200, 0.98)
    assert good["shrunk"] == 0.9673
    assert good["low"] < good["shrunk"] < good["high"]
    assert (good["band"], good["rank"]) == ("better", [1, 1])
    assert (poor["band"], poor["rank"]) == ("worse", [2, 2])
    substantive = rows[street.name]["substantive"]
    assert (substantive["x"], substantive["n"]) == (80, 96)
    assert substantive["excluded"] == {"out_of_scope": 0, "withdrawn": 4, "merged": 0}
    assert (rows[other_street.name]["red"], rows[street.name]["red"]) == (60, 0)


def test_halls_are_compared_with_their_peers_only(
    city: HallRef, district: HallRef, street: HallRef, other_street: HallRef, fold: Fold
) -> None:
    """The district is worse than the streets, but has no peer to be worse than."""
    fold(district, POOR)
    fold(street, GOOD)
    fold(other_street, GOOD)

    rows = rows_of(analyst_of(city).get("city/halls"))

    assert rows[district.name]["on_time"]["band"] == "same"
    assert rows[district.name]["on_time"]["rank"] is None
    assert rows[street.name]["on_time"]["rank"] == [1, 2]


def test_a_small_hall_shows_its_fraction_and_no_percentage(
    city: HallRef, street: HallRef, other_street: HallRef, fold: Fold
) -> None:
    fold(street, SMALL)
    fold(other_street, GOOD)

    small = rows_of(analyst_of(city).get("city/halls"))[street.name]["on_time"]

    assert (small["x"], small["n"], small["value"], small["rank"]) == (3, 3, None, None)
    assert small["band"] == "small"


def test_a_hall_without_facts_shows_nothing_rather_than_zero_percent(
    city: HallRef, street: HallRef
) -> None:
    row = rows_of(analyst_of(city).get("city/halls"))[street.name]

    assert (row["cases"], row["trend"], row["live"]) == (0, None, None)
    assert (row["on_time"]["value"], row["wait"]["mean"], row["window_load"]["value"]) == (
        None,
        None,
        None,
    )


def test_waiting_and_load_come_with_percentiles_and_intervals(
    city: HallRef, street: HallRef, fold: Fold
) -> None:
    """Six days: ten people wait 60 s to 600 s, half of seven staffed hours is service."""
    waits = [60 * i for i in range(1, 11)]
    day = Facts(
        called=10,
        wait_n=10,
        wait_sum_s=sum(waits),
        wait_max_s=600,
        service_sum_s=12_600,
        staffed_seconds=25_200,
        waits=histogram(waits),
    )
    for back in range(6):
        fold(street, day, back=back)

    row = rows_of(analyst_of(city).get("city/halls?metric=wait"))[street.name]

    assert (row["wait"]["mean"], row["wait"]["n"]) == (330, 60)
    assert row["wait"]["p90"] == pytest.approx(540, rel=0.25)
    assert (row["wait"]["low"], row["wait"]["high"]) == (330, 330)  # every day the same
    assert row["window_load"] == {"value": 0.5, "n": 6, "low": 0.5, "high": 0.5}
    assert row["trend"] == [None] * 11 + [330]


def test_the_trend_leaves_out_weeks_with_fewer_than_six(
    city: HallRef, street: HallRef, fold: Fold
) -> None:
    fold(street, Facts(due_n=10, on_time_n=9), back=0)
    fold(street, Facts(due_n=5, on_time_n=5), back=7)
    fold(street, Facts(due_n=6, on_time_n=3), back=14)

    row = rows_of(analyst_of(city).get("city/halls"))[street.name]

    assert row["trend"][-3:] == [0.5, None, 0.9]


def test_the_answer_carries_the_number_of_the_newest_event(
    city: HallRef, street: HallRef, fold: Fold
) -> None:
    caller = analyst_of(city)
    fold(street, GOOD)
    with hall(city):
        head = live.heads(["city"])["city"]

    assert head > 0
    assert caller.get("city/halls")["X-Event-Seq"] == f"city={head}"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-11-21&to=2026-11-20", "from"),
        ("from=gestern", "from"),
        ("to=9999-12-31", "to"),
        ("from=2024-01-01&to=2026-01-01", "from"),
        ("metric=beauty", "metric"),
    ],
)
def test_an_impossible_question_is_a_coded_refusal(city: HallRef, query: str, field: str) -> None:
    answer = analyst_of(city).get(f"city/halls?{query}")

    assert answer.status_code == 422
    assert list(body_of(answer)["params"]["errors"]) == [field]


def test_the_page_costs_as_many_queries_for_four_halls_as_for_one(
    city: HallRef,
    street: HallRef,
    other_street: HallRef,
    fold: Fold,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    """Token, head, network, halls, figures, trend, moments; a kept page: token, head."""
    caller = analyst_of(city)
    fold(street, GOOD)
    caller.get("city/halls?metric=wait")
    fold(other_street, GOOD)

    with django_assert_num_queries(7):
        caller.get("city/halls")
    with django_assert_num_queries(2):
        caller.get("city/halls")


def test_a_page_is_asked_for_again_and_shows_the_new_fold(
    city: HallRef, street: HallRef, fold: Fold
) -> None:
    """The kept page ends with the event that every fold publishes."""
    caller = analyst_of(city)
    fold(street, Facts(cases=1))
    first = rows_of(caller.get("city/halls"))[street.name]["cases"]
    fold(street, Facts(cases=2))

    again = rows_of(caller.get("city/halls"))[street.name]["cases"]

    assert (first, again) == (1, 2)


def test_a_kept_page_is_not_shown_to_somebody_who_may_not_see_it(
    city: HallRef, street: HallRef, fold: Fold
) -> None:
    fold(street, GOOD)
    analyst_of(city).get("city/halls")

    clerk = caller_for(city, staff_in(city, Role.WINDOW_CLERK))

    assert clerk.get("city/halls").status_code == 403
