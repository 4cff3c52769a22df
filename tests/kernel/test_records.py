"""Whole rows by plain statements are those that the ORM finds and makes."""

from typing import Any

import pytest
from django.db.models import Model

from apps.cases.models import Case, CaseEvent
from apps.cases.services import handling
from bancheng.kernel.actor import Actor
from bancheng.kernel.database import records
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    made = Team(street)
    made.signed()
    made.registered()
    made.closed()
    return made


def stored(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize(
    "order", [("-registered_at", "-id"), ("id",), ("-id",), ("state", "-id")], ids=str
)
def test_rows_are_those_of_the_orm_in_its_order(team: Team, order: tuple[str, ...]) -> None:
    with hall(team.ref):
        rows = Case.objects.exclude(state="registered").order_by(*order)

        assert list(map(stored, records.found(rows))) == list(map(stored, rows))


def test_rows_of_a_queryset_with_a_limit(team: Team) -> None:
    with hall(team.ref):
        rows = CaseEvent.objects.order_by("-at", "seq")[:3]

        assert [row.id for row in records.found(rows)] == [row.id for row in rows]


def test_nothing_fits(team: Team) -> None:
    with hall(team.ref):
        assert records.found(Case.objects.none()) == []
        assert records.locked(Case.objects.none()) is None


def test_rows_with_more_than_their_own_columns_are_refused(team: Team) -> None:
    with hall(team.ref), pytest.raises(ValueError, match="more than their own"):
        records.found(Case.objects.select_related("reception"))


def test_somebody_without_a_post_finds_no_case_to_step_on(team: Team) -> None:
    """A paired screen, a person signed out of their post: the 404 of an unknown case."""
    nobody = Actor(kind="device", name="屏幕")
    case = team.dispatched()

    with hall(team.ref), pytest.raises(NotFound):
        handling.sign(case_id=case.id, version=case.version, by=nobody)
