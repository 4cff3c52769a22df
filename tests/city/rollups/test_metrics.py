"""Published figures by their formulas (domain.md §5.2)."""

import pytest

from bancheng.city.rollups.facts import COUNTERS, MAXIMA, OUTCOMES, Facts, total
from bancheng.city.rollups.histogram import histogram
from bancheng.city.rollups.metrics import (
    Load,
    abandon_rate,
    case_rate,
    explained,
    load_state,
    on_time,
    service,
    substantive,
    wait,
    window_load,
)


def queue_of(*waits: int) -> Facts:
    return Facts(
        called=len(waits),
        wait_n=len(waits),
        wait_sum_s=sum(waits),
        wait_max_s=max(waits),
        waits=histogram(waits),
    )


def test_window_load_is_service_over_staffed_time() -> None:
    """M-01: 3 h 30 min of service in 7 h."""
    assert window_load(Facts(service_sum_s=12_600, staffed_seconds=25_200)) == 0.5


def test_an_unstaffed_window_has_no_load() -> None:
    assert window_load(Facts(service_sum_s=300)) is None


def test_five_days_above_085_are_overload_and_four_are_not() -> None:
    assert load_state([0.2, 0.9, 0.9, 0.9, 0.9, 0.86]) is Load.OVERLOADED
    assert load_state([0.2, 0.5, 0.9, 0.9, 0.9, 0.9]) is Load.NORMAL
    assert load_state([0.9, 0.9, None, 0.9, 0.9, None, 0.9]) is Load.OVERLOADED


def test_a_window_below_030_is_light_and_an_unstaffed_one_unknown() -> None:
    assert load_state([0.1, 0.2, 0.3]) is Load.LIGHT
    assert load_state([None, None]) is Load.UNKNOWN


def test_the_mean_wait_is_over_called_tickets() -> None:
    """M-03: 60, 120 and 600 s."""
    duration = wait(queue_of(60, 120, 600))

    assert (duration.n, duration.mean) == (3, 260)
    assert duration.p50 == pytest.approx(120, rel=0.25)
    assert duration.p90 is not None
    assert duration.p90 <= 600


def test_nobody_called_is_no_wait() -> None:
    assert (wait(Facts()).mean, wait(Facts()).p90) == (None, None)


def test_abandoned_and_case_rates() -> None:
    assert abandon_rate(Facts(missed=3, tickets=60)).value == 0.05  # M-04
    assert service(Facts(service_n=4, service_sum_s=2_000)).mean == 500  # M-05
    rate = case_rate(Facts(cases=17, receptions=442))  # M-08, the Liuzhou year
    assert rate.value == pytest.approx(0.038, abs=0.0005)


def test_overdue_open_cases_stay_in_the_on_time_denominator() -> None:
    """M-12: 12 due, 9 closed in time, 1 late, 2 still open."""
    result = on_time(Facts(due_n=12, on_time_n=9))

    assert (result.x, result.n, result.value) == (9, 12, 0.75)


def test_no_percentage_under_ten() -> None:
    assert on_time(Facts(due_n=9, on_time_n=9)).published() is None
    assert on_time(Facts(due_n=10, on_time_n=9)).published() == 0.9
    assert on_time(Facts()).published(minimum=0) is None


CLOSED = Facts(
    closed_n=30,
    done=12,
    done_alt=3,
    partly=4,
    explained=5,
    transferred_closed=1,
    withdrawn=2,
    unreachable=1,
    unresolved=1,
    merged=1,
    out_of_scope=0,
)


def test_substantive_counts_partly_by_half_and_lists_its_exclusions() -> None:
    """M-15: (12 + 3 + 0.5 * 4) ÷ (30 - 0 - 2 - 1) = 17 ÷ 27."""
    result = substantive(CLOSED)

    assert (result.x, result.n) == (17, 27)
    assert result.excluded == {"out_of_scope": 0, "withdrawn": 2, "merged": 1}


def test_the_strict_reading_counts_partly_not_at_all() -> None:
    assert substantive(CLOSED, partly=0).value == pytest.approx(15 / 27)


def test_the_published_share_of_haining() -> None:
    """139 of 167 = 83.23 % (domain.md §5.2 M-15, F24)."""
    result = substantive(Facts(closed_n=167, done=139))

    assert result.value == pytest.approx(0.8323, abs=0.0001)


def test_explained_has_the_denominator_of_substantive() -> None:
    assert (explained(CLOSED).x, explained(CLOSED).n) == (5, 27)  # M-16


def test_facts_add_up_but_the_longest_stays_the_longest() -> None:
    together = total([queue_of(60, 120), queue_of(600), Facts(cases=2)])

    assert together == Facts(
        called=3,
        wait_n=3,
        wait_sum_s=780,
        wait_max_s=600,
        cases=2,
        waits=histogram([60, 120, 600]),
    )


def test_every_outcome_has_its_own_figure() -> None:
    assert set(OUTCOMES) < set(COUNTERS)
    assert set(COUNTERS) >= MAXIMA
