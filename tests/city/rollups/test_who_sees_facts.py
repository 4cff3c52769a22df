"""Row-level security of the facts: a hall writes as itself and is read from above only."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from bancheng.city.rollups import queries, services
from bancheng.city.rollups.facts import Facts, Slice
from bancheng.city.rollups.models import HallDay
from bancheng.city.rollups.queries import By, Period
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, hall
from tests.city.rollups.conftest import Records

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
ONE_DAY = Period(DAY, DAY)


@pytest.fixture
def folded(records: Records, halls: dict[str, HallRef]) -> dict[str, HallRef]:
    """Every hall of both networks has one case on the day."""
    for ref in halls.values():
        records.slices[ref.id, DAY] = [Slice(Facts(cases=1), cause="hard")]
    services.fold_all([(ref.id, DAY) for ref in halls.values()])
    return halls


def seen_by(ref: HallRef) -> set[UUID]:
    with hall(ref):
        return set(queries.by_hall(ONE_DAY))


def test_the_city_sees_its_network_and_no_other(folded: dict[str, HallRef]) -> None:
    stranger = folded["stranger"]

    assert seen_by(folded["city"]) == {ref.id for ref in folded.values()} - {stranger.id}
    assert seen_by(stranger) == {stranger.id}


def test_a_district_sees_its_subtree_only(folded: dict[str, HallRef]) -> None:
    expected = {folded[slug].id for slug in ("district", "street", "other")}

    assert seen_by(folded["district"]) == expected
    with hall(folded["district"]):
        assert {place.id for place in queries.halls()} == expected
        assert queries.facts(folded["city"].id, ONE_DAY, By.DAY) == []
        assert queries.network(ONE_DAY).facts == Facts()  # the city's own row


def test_a_street_sees_itself(folded: dict[str, HallRef]) -> None:
    assert seen_by(folded["street"]) == {folded["street"].id}


def test_nobody_sees_nothing(folded: dict[str, HallRef]) -> None:
    with hall(None), pytest.raises(ProgrammingError):
        HallDay.objects.count()


def forged(writer: HallRef, claimed: HallRef, role: str) -> dict[str, Any]:
    return {
        "network_id": claimed.network_id,
        "hall_id": claimed.id,
        "hall_role": role,
        "day": date(2026, 11, 19),
        "folded_at": clock.now(),
        "cases": 999,
    }


@pytest.mark.parametrize("claimed", ["other", "city", "stranger"])
@pytest.mark.parametrize("honest_role", [True, False])
def test_a_hall_cannot_write_another_halls_facts(
    folded: dict[str, HallRef], claimed: str, honest_role: bool
) -> None:
    """Neither under its own role nor by naming the other's."""
    writer, victim = folded["street"], folded[claimed]
    row = forged(writer, victim, writer.role if honest_role else victim.role)

    with hall(writer), pytest.raises(ProgrammingError), transaction.atomic():
        HallDay.objects.create(**row)

    with hall(victim):
        assert HallDay.objects.filter(cases=999).count() == 0


def test_a_city_cannot_change_the_facts_of_a_hall_it_reads(folded: dict[str, HallRef]) -> None:
    street = folded["street"]
    with hall(folded["city"]), connection.cursor() as cursor:
        cursor.execute("UPDATE rollups_hallday SET cases = 0 WHERE hall_id = %s", [street.id])
        changed = cursor.rowcount
        cursor.execute("DELETE FROM rollups_hallday WHERE hall_id = %s", [street.id])
        deleted = cursor.rowcount

    assert (changed, deleted) == (0, 0)
    with hall(street):
        assert queries.by_hall(ONE_DAY)[street.id].facts.cases == 1
