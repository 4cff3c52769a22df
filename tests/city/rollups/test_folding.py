"""A day of a hall is recomputed, never counted on: any number of folds end in the same facts."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
import redis

from bancheng.city.rollups import marks, queries, services, tasks
from bancheng.city.rollups.facts import NO_WINDOW, Facts, Slice, total
from bancheng.city.rollups.histogram import histogram
from bancheng.city.rollups.models import CauseDay, HallDay, HallLive, NetworkDay, WindowDay
from bancheng.city.rollups.queries import By, Period
from bancheng.city.rollups.sources import Moment
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import hints
from bancheng.services.live import log as live
from tests.city.rollups.conftest import Records

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
ONE_DAY = Period(DAY, DAY)
WINDOW = UUID(int=3)


def busy_day(seed: int = 1) -> list[Slice]:
    """Two windows with tickets, and cases of three causes."""
    source = Random(seed)
    parts = []
    for window in (WINDOW, UUID(int=4)):
        waits = [source.randint(1, 4_000) for _ in range(40)]
        queue = Facts(
            called=40,
            served=40,
            wait_n=40,
            wait_sum_s=sum(waits),
            wait_max_s=max(waits),
            service_sum_s=9_000,
            staffed_seconds=25_200,
            waits=histogram(waits),
        )
        parts.append(Slice(queue, window, label=f"{window.int} 号窗口"))
    parts.append(Slice(Facts(cases=3, receptions=5), WINDOW, cause="hard"))
    parts.append(Slice(Facts(cases=1, due_n=2, on_time_n=1), NO_WINDOW, cause="cannot"))
    parts.append(Slice(Facts(cases=1), WINDOW, cause=""))
    return parts


def rows(model: Any) -> list[dict[str, Any]]:
    """Everything stored but the moment of folding."""
    found = model.objects.order_by("pk").values()
    return [{k: v for k, v in row.items() if k != "folded_at"} for row in found]


def test_the_tiers_hold_the_sum_of_their_parts(records: Records, street: HallRef) -> None:
    parts = records.slices[street.id, DAY] = busy_day()

    with hall(street):
        services.fold(DAY)

        assert queries.by_hall(ONE_DAY)[street.id].facts == _read(total(p.facts for p in parts))
        windows = {row["window_id"]: row for row in queries.facts(street.id, ONE_DAY, By.WINDOW)}
        causes = {row["cause"]: row["cases"] for row in queries.facts(street.id, ONE_DAY, By.CAUSE)}
    assert {window: row["label"] for window, row in windows.items()} == {
        NO_WINDOW: "",
        WINDOW: "3 号窗口",
        UUID(int=4): "4 号窗口",
    }
    assert (windows[WINDOW]["cases"], windows[NO_WINDOW]["due_n"]) == (4, 2)
    assert causes == {"hard": 3, "cannot": 1, "": 1}


def _read(facts: Facts) -> Facts:
    """The city page does not read the histogram of service."""
    from dataclasses import replace

    return replace(facts, services=Facts().services)


def test_folding_twice_changes_nothing(records: Records, street: HallRef) -> None:
    records.slices[street.id, DAY] = busy_day()
    with hall(street):
        services.fold(DAY)
        before = rows(WindowDay), rows(CauseDay), rows(HallDay)

        services.fold(DAY)

        assert (rows(WindowDay), rows(CauseDay), rows(HallDay)) == before


def test_a_corrected_record_replaces_the_facts(records: Records, street: HallRef) -> None:
    """A reception moved from window 4 to window 3, a cause was set: nothing of the old stays."""
    records.slices[street.id, DAY] = busy_day()
    with hall(street):
        services.fold(DAY)
        records.slices[street.id, DAY] = [Slice(Facts(cases=2), WINDOW, cause="unwilling")]

        services.fold(DAY)

        assert [(r["window_id"], r["cases"], r["called"]) for r in rows(WindowDay)] == [
            (WINDOW, 2, 0)
        ]
        assert [(r["cause"], r["cases"]) for r in rows(CauseDay)] == [("unwilling", 2)]
        assert rows(HallDay)[0]["cases"] == 2


def test_a_day_without_anything_is_a_row_of_zeros(records: Records, street: HallRef) -> None:
    with hall(street):
        services.fold(DAY)

        assert queries.by_hall(ONE_DAY)[street.id].facts == Facts()


def test_the_network_is_the_sum_of_its_halls(
    records: Records, city: HallRef, street: HallRef, other_street: HallRef
) -> None:
    for seed, ref in enumerate((street, other_street)):
        records.slices[ref.id, DAY] = busy_day(seed)

    services.fold_all([(street.id, DAY), (other_street.id, DAY)])

    with hall(city):
        assert queries.network(ONE_DAY).facts == queries.whole(ONE_DAY).facts
        assert queries.network(ONE_DAY).facts.cases == 10
        assert queries.network(ONE_DAY).wait == queries.whole(ONE_DAY).wait
        assert NetworkDay.objects.count() == 1


def test_the_city_hears_once_of_many_folds(
    records: Records, city: HallRef, street: HallRef, other_street: HallRef
) -> None:
    with hall(city):
        before = live.heads(["city"])["city"]

    services.fold_all([(street.id, DAY), (other_street.id, DAY), (city.id, DAY)])

    with hall(city):
        frames = live.since("city", before)
    assert frames is not None
    assert [(f["kind"], f["data"]) for f in frames] == [("facts", {"days": ["2026-11-20"]})]


def test_today_also_tells_what_goes_on_now(records: Records, street: HallRef) -> None:
    records.now = Moment(waiting=7, serving=2, open_windows=3, oldest_wait_at=NOON)
    with hall(street), clock.frozen(NOON):
        services.fold(DAY - timedelta(days=1))
        assert HallLive.objects.count() == 0

        services.fold(DAY)

        moment = queries.moments()[street.id]
    assert (moment["waiting"], moment["open_windows"], moment["folded_at"]) == (7, 3, NOON)


def test_a_marked_day_is_folded_once(
    records: Records,
    street: HallRef,
    django_capture_on_commit_callbacks: Any,
) -> None:
    hints.valkey().delete(marks._KEY)
    records.slices[street.id, DAY] = busy_day()
    with hall(street), django_capture_on_commit_callbacks(execute=True):
        services.mark_dirty(DAY)
        services.mark_dirty(DAY, DAY)

    assert services.fold_marked() == 1
    assert services.fold_marked() == 0
    with hall(street):
        assert queries.by_hall(ONE_DAY)[street.id].facts.cases == 5


def test_a_day_that_cannot_be_folded_is_marked_again(
    records: Records, street: HallRef, other_street: HallRef
) -> None:
    hints.valkey().delete(marks._KEY)
    records.slices[street.id, DAY] = [Slice(Facts(cases=2**31))]  # more than the column holds
    records.slices[other_street.id, DAY] = busy_day()

    folded = services.fold_all([(street.id, DAY), (other_street.id, DAY)])

    assert folded == 1
    assert marks.take(10) == [(street.id, DAY)]


def test_a_lost_mark_is_healed(records: Records, street: HallRef) -> None:
    """The change was written, its mark never arrived."""
    with hall(street), clock.frozen(NOON):
        services.heal()
    records.slices[street.id, DAY - timedelta(days=2)] = busy_day()
    records.written[street.id].append((NOON + timedelta(minutes=2), DAY - timedelta(days=2)))

    with hall(street), clock.frozen(NOON + timedelta(minutes=10)):
        healed = services.heal()

        assert healed == [DAY - timedelta(days=back) for back in (2, 1, 0)]
        then = Period(healed[0], healed[0])
        assert queries.by_hall(then)[street.id].facts.cases == 5


def test_a_change_that_committed_late_is_healed_by_the_overlap(
    records: Records, street: HallRef
) -> None:
    """Its time lies before the last healing, which could not see it yet."""
    with hall(street), clock.frozen(NOON):
        services.heal()
    earlier = DAY - timedelta(days=9)
    records.written[street.id].append((NOON - timedelta(minutes=14), earlier))

    with hall(street), clock.frozen(NOON + timedelta(minutes=10)):
        assert earlier in services.heal()


def test_every_hall_is_recomputed_at_one_hour_of_the_day(
    records: Records, halls: dict[str, HallRef], street: HallRef
) -> None:
    done = []
    for hour in range(24):
        at = datetime(2026, 11, 20, hour, 30, tzinfo=clock.ZONE)
        with hall(street):
            HallDay.objects.filter(hall_id=street.id).delete()
        with clock.frozen(at):
            tasks.recompute()
        with hall(street):
            done += [hour] * HallDay.objects.filter(day=DAY, hall_id=street.id).count()

    assert done == [tasks.turn(street)]


def test_recomputing_goes_back_35_days(records: Records, city: HallRef, street: HallRef) -> None:
    first = DAY - timedelta(days=34)
    records.slices[street.id, first] = busy_day()

    with clock.frozen(NOON):
        done = services.everywhere([street], services.recompute)

    assert done == 1
    with hall(city):
        assert queries.network(Period(first, DAY)).facts.cases == 5
        assert NetworkDay.objects.count() == 35


def test_without_valkey_a_write_still_succeeds(
    records: Records,
    street: HallRef,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    gone = redis.Redis(host="127.0.0.1", port=9, socket_connect_timeout=0.1)
    monkeypatch.setattr(hints, "_client", gone)

    with hall(street), django_capture_on_commit_callbacks(execute=True):
        services.mark_dirty(DAY)

    assert services.fold_marked() == 0
