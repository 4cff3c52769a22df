"""A case is opened with what hangs on it, a sealed file with nothing (performance.md W5, C-13)."""

import pytest

from apps.cases import around, dossier
from apps.cases.around import Around
from apps.cases.models import Case
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db


def test_clocks_lines_and_links_are_there_until_the_case_is_sealed(street: HallRef) -> None:
    team = Team(street)
    case = team.in_progress()
    with hall(street):
        before = around.of_case(case.id)
        Case.every.filter(id=case.id).update(sealed=True)

        assert [one.stage for one in before.clocks if not one.ended] == ["resolve"]
        assert [line["seq"] for line in before.lines] == list(range(1, case.last_seq + 1))
        assert around.of_case(case.id) == Around()
        with pytest.raises(NotFound):
            dossier.read(case.id, team.desk)


def test_another_hall_a_screen_and_another_unit_find_none(
    street: HallRef, other_street: HallRef
) -> None:
    team, stranger = Team(street), Team(other_street)
    case = team.in_progress()
    unit = people.department_in(street, "公安户政科")
    roles = team.handler.roles
    elsewhere = people.staff_in(street, *roles, department=unit)

    with hall(other_street), pytest.raises(NotFound):
        dossier.read(case.id, stranger.desk)
    with hall(street), pytest.raises(NotFound):
        dossier.read(case.id, elsewhere)
    with hall(street), pytest.raises(Forbidden):
        dossier.read(case.id, Actor(kind="device", name="屏幕"))
