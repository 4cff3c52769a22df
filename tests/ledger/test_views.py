"""C-38: a look at the ledger is kept under a name, for oneself or for the team."""

from typing import Any

import pytest

from apps.ledger.models import View
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
PATH = "ledger/views"
LOOK = {"filters": {"cause": "hard", "due": "overdue"}, "columns": ["want", "case_no"]}


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


@pytest.fixture
def colleague(team: Team) -> Caller:
    return caller_for(team.ref, staff_in(team.ref, Role.DESK_OFFICER))


def save(caller: Caller, **changes: Any) -> Any:
    return caller.post(PATH, {"name": "超期难办件"} | LOOK | changes)


def names(caller: Caller) -> list[str]:
    return [row["name"] for row in caller.get(PATH).json()["results"]]


def test_a_view_of_ones_own_is_seen_by_nobody_else(desk: Caller, colleague: Caller) -> None:
    made = save(desk)

    body = made.json()
    assert (made.status_code, body["filters"], body["mine"]) == (201, LOOK["filters"], True)
    assert body["columns"] == ["case_no", "want"]
    assert (names(desk), names(colleague)) == (["超期难办件"], [])
    unseen = colleague.post(f"{PATH}/{body['id']}", {"name": "x"} | LOOK, version=1)
    assert unseen.status_code == 404


def test_the_teams_view_is_changed_by_its_owner_and_the_halls_manager(
    team: Team, desk: Caller, colleague: Caller
) -> None:
    view = save(desk, team=True).json()
    admin = caller_for(team.ref, staff_in(team.ref, Role.HALL_ADMIN))
    path, body = f"{PATH}/{view['id']}", {"name": "改名", "team": True} | LOOK

    refused = colleague.post(path, body, version=1)
    kept = colleague.delete(path)
    changed = admin.post(path, body, version=1)
    late = desk.post(path, body, version=1)

    assert (refused.status_code, kept.status_code, late.status_code) == (403, 403, 412)
    assert (changed.json()["name"], changed.json()["version"]) == ("改名", 2)
    assert names(colleague) == ["改名"]
    assert desk.delete(path).status_code == 204
    assert names(admin) == []


def test_a_department_handler_keeps_views_but_makes_none_for_the_team(team: Team) -> None:
    handler = caller_for(team.ref, team.handler)

    assert save(handler, team=True).status_code == 403
    assert save(handler).status_code == 201
    assert names(handler) == ["超期难办件"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"columns": ["salary"]}, "columns"),
        ({"filters": {"card": "purple"}}, "card"),
        ({"filters": {"state": "lost"}}, "state"),
        ({"filters": {"q": "13800005678"}}, "q"),
        ({"filters": {"q": "138 0000-5678"}}, "q"),
        ({"sort": "title"}, "sort"),
        ({"name": "  "}, "name"),
    ],
)
def test_only_what_the_ledger_knows_is_kept(
    team: Team, desk: Caller, changes: dict[str, Any], field: str
) -> None:
    answer = save(desk, **changes)

    assert (answer.status_code, list(answer.json()["params"]["errors"])) == (422, [field])
    with hall(team.ref):
        assert View.objects.count() == 0


def test_a_name_is_taken_once(desk: Caller, colleague: Caller) -> None:
    save(desk)

    again = save(desk)

    assert again.json()["params"]["errors"] == {"name": ["taken"]}
    assert save(colleague).status_code == 201


def test_there_is_an_end_to_views(desk: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parameter `ledger.views_most`."""
    monkeypatch.setattr("apps.ledger.limits.views_most", lambda: 1)
    save(desk)

    answer = save(desk, name="第二个")

    assert (answer.status_code, answer.json()["code"]) == (409, "ledger.too_many_views")
    assert names(desk) == ["超期难办件"]


def test_another_hall_sees_no_view_of_this_one(desk: Caller, other_street: HallRef) -> None:
    view = save(desk, team=True).json()
    stranger = caller_for(other_street, staff_in(other_street, *Role))

    assert names(stranger) == []
    assert stranger.delete(f"{PATH}/{view['id']}").status_code == 404
    assert names(desk) == ["超期难办件"]
