"""`bancheng replay day` through the real services, against figures worked out by hand.

Hall 东门, queue 户籍 (it gets the letter A; queue B keeps its own), 2026-11-20, times local:

    number  taken     called    finished   wait   service   window
    A001    09:00:00  09:00:30  09:10:30     30      600    first
    A002    09:01:00  09:05:00  09:15:00    240      600    second
    A003    09:02:00  09:10:30  09:20:30    510      600    first
    A004    09:03:00  09:15:00  nobody      720        -    second
    A005    10:00:01  10:00:04  10:05:04      3      300    first

Waits of who came (M-03): 3, 30, 240, 510: sum 783, mean 195.75, median 135, p90 rank ⌈3.6⌉ = 4:
510, linear at 2.7: 240 + 0.7 · 270 = 429. With the no-show: 3, 30, 240, 510, 720: sum 1503, mean
300.6, median 240, p90 720. Service: 2100 s in 4. Staffed: the first window 09:00:30 – 10:05:04 =
3874 s, the second 09:05:00 – 09:15:00 = 600 s: load 2100 ÷ 4474.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from apps.windows import queries, services
from apps.windows.models import Ticket
from apps.windows.services.shifts import HELD_DAYS
from bancheng.city.rollups import queries as rollups
from bancheng.city.rollups.queries import Period
from bancheng.config import cli
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tenants import directory
from tenants.models import Hall
from tenants.schema_sql import OWNER
from tests.replay.conftest import Replay

pytestmark = pytest.mark.usefixtures("superuser")

Report = Callable[[str], list[dict[str, str]]]
DAY = (
    "东门,户籍,A001,2026-11-20T09:00:00,2026-11-20T09:00:30,2026-11-20T09:10:30",
    "东门,户籍,A002,2026-11-20 09:01:00,2026-11-20 09:05:00,2026-11-20 09:15:00",
    "东门,户籍,A003,2026-11-20T01:02:00Z,2026-11-20T01:10:30Z,2026-11-20T01:20:30Z",
    "东门,户籍,A004,2026-11-20T09:03:00,2026-11-20T09:15:00,",
    "东门,户籍,A005,2026-11-20T10:00:01,2026-11-20T10:00:04,2026-11-20T10:05:04",
    "ximen,B,7,2026-11-20T09:30:00,2026-11-20T09:30:00,2026-11-20T09:30:00",
)


def halls() -> dict[str, HallRef]:
    """The halls of the scratch network by name."""
    found = Hall.objects.using(OWNER).filter(network__slug="replay")
    return {h.name: directory.by_schema(h.schema_name) for h in found}


def stored(ref: HallRef) -> list[tuple[object, ...]]:
    """Everything kept of the hall's tickets, and how long its audit chain is."""
    with hall(ref):
        rows = Ticket.objects.order_by("taken_at", "number")
        kept: list[tuple[object, ...]] = list(rows.values_list())
        return [*kept, (chain.verify().entries,)]


def test_the_figures_are_those_worked_out_by_hand(replay: Replay, report: Report) -> None:
    said = replay(*DAY)

    assert (said.status, said.err) == (0, [])
    east = report("queues.csv")[1]
    assert {name: east[name] for name in EXPECTED} == EXPECTED


EXPECTED = {
    "day": "2026-11-20",
    "hall": "东门",
    "queue": "户籍",
    "tickets": "5",
    "called": "5",
    "served": "4",
    "missed": "1",
    "wait_n": "4",
    "wait_sum_s": "783",
    "wait_mean_s": "195.75",
    "wait_median_s": "135",
    "wait_p90_s": "510",
    "wait_p90_linear_s": "429",
    "wait_to_any_call_n": "5",
    "wait_to_any_call_mean_s": "300.6",
    "wait_to_any_call_median_s": "240",
    "wait_to_any_call_p90_s": "720",
    "service_n": "4",
    "service_sum_s": "2100",
    "service_mean_s": "525",
    "service_median_s": "600",
    "window_load": "0.469379",
    "abandon_rate": "0.2",
}


def test_an_hour_holds_the_numbers_taken_in_it(replay: Replay, report: Report) -> None:
    replay(*DAY)

    hours = [row for row in report("hall_hours.csv") if row["hall"] == "东门"]

    # 09: waits 30, 240, 510 of who came; staffed 09:00:30 – 10:00 = 3570 and 600; service 1800
    assert [
        (r["hour"], r["tickets"], r["wait_sum_s"], r["wait_median_s"], r["window_load"])
        for r in hours
    ] == [("9", "4", "780", "240", "0.431655"), ("10", "1", "3", "3", "0.986842")]


def test_the_citys_facts_count_and_sum_the_same(replay: Replay) -> None:
    replay(*DAY)

    made, period = halls(), Period(date(2026, 11, 20), date(2026, 11, 20))
    with hall(made["东门"]):
        own = rollups.by_hall(period)[made["东门"].id].facts
    with hall(made["重放市"]):
        whole = rollups.network(period).facts
    assert (own.tickets, own.called, own.served, own.missed) == (5, 5, 4, 1)
    assert (own.wait_n, own.wait_sum_s, own.service_sum_s, own.staffed_seconds) == (
        4,
        783,
        2100,
        4474,
    )
    assert (whole.tickets, whole.wait_sum_s) == (6, 783)


def test_the_given_numbers_are_kept_and_called_in_the_recorded_order(replay: Replay) -> None:
    replay(
        "h1,K,X9,2026-11-20T09:00:00,2026-11-20T09:20:00,2026-11-20T09:21:00",
        "h1,K,X1,2026-11-20T09:01:00,2026-11-20T09:10:00,2026-11-20T09:11:00",
    )

    with hall(halls()["h1"]):
        called = Ticket.objects.order_by("called_at").values_list("number", "ordinal", "state")
        seats = {now.window.number for now in queries.windows()}
        assert list(called) == [("X1", 2, "finished"), ("X9", 1, "finished")]
    assert seats == {"K1"}


def test_a_second_run_changes_nothing(replay: Replay, report: Report) -> None:
    first = replay(*DAY)
    before = [stored(ref) for ref in halls().values()]
    figures = report("halls.csv")

    second = replay(*DAY)

    assert second.status == 0
    assert "\n0 acts in" in second.out
    assert "2 halls opened" in first.out
    assert "0 halls opened" in second.out
    assert [stored(ref) for ref in halls().values()] == before
    assert report("halls.csv") == figures


def test_a_replay_that_was_cut_short_goes_on(
    replay: Replay, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bancheng.config.replay.feeding import Feeder

    done = Feeder._do
    left = iter(range(7))

    def cut(self: Feeder, event: object) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        done(self, event)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Feeder, "_do", cut)
        with pytest.raises(KeyboardInterrupt):
            replay(*DAY)

    said = replay(*DAY)

    assert said.status == 0
    assert {name: report("queues.csv")[1][name] for name in EXPECTED} == EXPECTED


def test_a_hall_that_is_being_replayed_is_left_alone(
    replay: Replay, superuser: psycopg.Connection[Any]
) -> None:
    replay(*DAY)
    ref = halls()["ximen"]
    with hall(ref):
        window = queries.windows()[0].window.id
        with clock.frozen(datetime(2026, 11, 20, 9, 40, tzinfo=clock.ZONE)):
            services.open_window(window_id=window, by=SYSTEM)
    lock = [HELD_DAYS, ref.schema_name]
    superuser.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", lock)

    next_day = datetime(2026, 11, 21, 9, 0, tzinfo=clock.ZONE)
    with hall(ref), clock.frozen(next_day):
        meanwhile = services.end_day()
    said = replay(*DAY)
    superuser.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", lock)
    with hall(ref), clock.frozen(next_day):
        afterwards = services.end_day()

    assert (meanwhile, afterwards) == (0, 1)
    assert (said.status, said.err) == (1, ["replay.busy: ximen is being replayed"])


def test_impossible_rows_are_named_and_not_averaged_in(replay: Replay, report: Report) -> None:
    said = replay(
        *DAY,
        "东门,户籍,A006,2026-11-20T09:10:00,2026-11-20T09:09:59,",
        "东门,户籍,A007,2026-11-20T09:10:00,2026-11-20T09:20:00,2026-11-20T09:19:59",
        "东门,户籍,A008,2026-11-20T09:10:00,2026-11-21T09:20:00,",
        "东门,户籍,A009,2026-11-19T09:10:00,2026-11-19T09:20:00,",
        "东门,户籍,A001,2026-11-20T11:00:00,2026-11-20T12:00:00,",
        "东门,户籍,A010,yesterday,2026-11-20T09:20:00,",
        "东门,户籍,A011,2026-11-20T09:10:00,,",
        "东门,户籍,A012,2026-11-20T09:10:00,2026-11-20T09:20:00,later",
        ",户籍,A013,2026-11-20T09:10:00,2026-11-20T09:20:00,",
        "东门,,A014,2026-11-20T09:10:00,2026-11-20T09:20:00,",
        "东门,户籍,A00000015,2026-11-20T09:10:00,2026-11-20T09:20:00,",
    )

    reasons = [
        (8, "called_before_taken"),
        (9, "finished_before_called"),
        (10, "other_day"),
        (11, "other_day"),
        (12, "duplicate_number"),
        (13, "taken_at_unreadable"),
        (14, "called_at_unreadable"),
        (15, "finished_at_unreadable"),
        (16, "hall_invalid"),
        (17, "queue_invalid"),
        (18, "number_invalid"),
    ]
    assert said.err == [f"line {line}: replay.{reason}" for line, reason in reasons]
    rejects = report("rejects.csv")
    assert [(int(row["line"]), row["reason"]) for row in rejects] == reasons
    assert (rejects[0]["number"], rejects[5]["taken_at"]) == ("A006", "yesterday")
    assert {name: report("queues.csv")[1][name] for name in EXPECTED} == EXPECTED
    assert said.status == 0


def test_other_times_for_a_stored_number_are_refused(replay: Replay, report: Report) -> None:
    replay(*DAY)

    said = replay(DAY[0].replace("09:00:30", "09:00:31"))

    assert said.err == ["line 2: replay.differs_from_stored"]
    assert {name: report("queues.csv")[0][name] for name in EXPECTED} == EXPECTED


def test_windows_staffed_at_least_lower_the_load(replay: Replay, report: Report) -> None:
    replay(*DAY[:5], options=("--windows", "3"))

    # three windows from 09:00:30 to 10:05:04: 3 × 3874 s
    assert report("halls.csv")[0]["window_load"] == f"{2100 / 11622:.6f}"


def test_a_paced_day_has_the_same_figures(replay: Replay, report: Report) -> None:
    said = replay(*DAY, options=("--speed", "1000000"))

    assert "s behind" in said.out
    assert {name: report("queues.csv")[1][name] for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("option", [("--speed", "0"), ("--speed", "nan"), ("--windows", "100")])
def test_senseless_options_are_refused(replay: Replay, option: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as ended:
        replay(*DAY, options=option)

    assert ended.value.code == 2


def test_a_file_without_the_columns_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.csv"
    file.write_text("hall,queue\n东门,户籍\n", encoding="utf-8")

    status = cli.main(["replay", "day", "--tickets", str(file)])

    assert (status, "lacks the columns called_at, finished_at" in capsys.readouterr().err) == (
        2,
        True,
    )


@pytest.mark.parametrize("rows", [(), ("东门,户籍,A001,no,no,no",)])
def test_a_file_without_a_row_to_replay_is_refused(replay: Replay, rows: tuple[str, ...]) -> None:
    said = replay(*rows)

    assert (said.status, said.err) == (2, ["replay.unusable: not one row can be replayed"])
