"""Counts that tell of nobody: by month and district, nothing below five (security.md 3)."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from apps.cases.services.sealing import Accusation
from bancheng.city.rollups import conduct
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.conduct.scene import Scene
from tests.support.clients import caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 14, 3, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)


def opened(scene: Scene, times: int, at: datetime = OCTOBER) -> None:
    with clock.frozen(at):
        for _ in range(times):
            scene.registered(Accusation(others="外单位的人", facts=("F4",)))


def told_in(city: HallRef) -> list[dict[str, object]]:
    with clock.frozen(NOVEMBER):
        reader = caller_for(city, staff_in(city, Role.CITY_ADMIN))
        answer = reader.get("city/conduct")
    assert answer.status_code == 200
    return list(answer.json()["results"])


def test_five_are_told_and_four_are_not(scene: Scene, city: HallRef, street: HallRef) -> None:
    """A street counts in its district; together they are five."""
    opened(scene, 3)
    few = told_in(city)

    opened(Scene(street), 2)

    cell = {"month": "2026-10-01", "district": scene.ref.name, "category": "F4"}
    assert few == [cell | {"count": None}]
    assert told_in(city) == [cell | {"count": 5}]


def test_one_more_below_five_changes_nothing_that_anybody_reads(
    scene: Scene, city: HallRef
) -> None:
    """By differencing: with three and with four the city's answer is the same."""
    opened(scene, 3)
    before = told_in(city)

    opened(scene, 1)

    assert told_in(city) == before


def test_the_running_month_is_not_told(scene: Scene, city: HallRef) -> None:
    opened(scene, 9, NOVEMBER)

    assert told_in(city) == []


def test_a_hall_cannot_read_back_what_it_counted(scene: Scene) -> None:
    """Row-level security: the hall writes, its city reads."""
    opened(scene, 6)

    with hall(scene.ref), clock.frozen(NOVEMBER):
        assert conduct.cells(5) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM rollups_conducttally")
            assert cursor.fetchone() == (0,)
    reader = caller_for(scene.ref, staff_in(scene.ref, Role.DISTRICT_ADMIN))
    assert reader.get("city/conduct").status_code == 403
