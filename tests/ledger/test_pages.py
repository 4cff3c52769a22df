"""C-38: pages, filters and selections of the ledger, and what they cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.services.sealing import Accusation, NewFile, Person
from apps.conduct.services import opening
from apps.ledger.columns import COLUMNS
from apps.oversight.services import sweeping
from bancheng.kernel.actor import Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import HallRef, hall
from tests.ledger.conftest import at
from tests.ledger.test_files import body, table
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
ALL = "columns=" + ",".join(one.key for one in COLUMNS)


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


def numbers(caller: Caller, query: str = "") -> list[str]:
    answer = caller.get(f"ledger?{query}")
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["results"]]


def statements(caller: Caller, path: str) -> int:
    """Of the second time: parameters and calendar are remembered for half a minute."""
    caller.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert caller.get(path).status_code == 200
    return len(seen)


def test_a_page_has_the_cells_of_the_columns_in_the_ledgers_order(team: Team, desk: Caller) -> None:
    case = team.registered()

    row = desk.get("ledger?columns=want,case_no,cause,due_on").json()["results"][0]

    assert row["cells"] == [case.number, "补领正确的结婚证。", None, None]
    assert (row["id"], row["version"], row["state"]) == (str(case.id), 1, "registered")


def test_pages_go_on_where_the_last_one_ended(team: Team, desk: Caller) -> None:
    made = [team.registered().number for _ in range(5)]

    first = desk.get("ledger?limit=2&sort=registered_at").json()
    second = desk.get(f"ledger?limit=2&sort=registered_at&cursor={first['next']}").json()

    assert [row["number"] for row in first["results"]] == made[:2]
    assert [row["number"] for row in second["results"]] == made[2:4]


def test_a_page_of_all_67_columns_costs_the_same_for_one_case_and_for_many(
    team: Team, desk: Caller
) -> None:
    """No query for each case: cases, history, promise, links, work, meetings, cards, orders, the
    catalogue, and the session's own."""
    team.closed()
    few = statements(desk, f"ledger?{ALL}")
    for _ in range(4):
        team.closed()

    assert statements(desk, f"ledger?{ALL}&limit=200") == few
    assert few == 13
    assert statements(desk, "ledger?columns=case_no,want") == 4


def test_a_file_costs_the_same_for_one_batch_however_many_lines(team: Team, desk: Caller) -> None:
    def cost() -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as seen:
                body(desk.post("ledger/file", {"format": "csv"}, key=None))
        return len(seen)

    team.closed()
    few = cost()
    for _ in range(3):
        team.closed()

    assert cost() == few


def test_filters_of_the_ledgers_own(team: Team, desk: Caller) -> None:
    """Cards that still burn, and what is closed and not yet archived."""
    with frozen(at("2026-03-02 10:00")):
        late = team.in_progress()
    with frozen(at("2026-03-24 10:00")), hall(team.ref):
        sweeping.sweep()
        closed, kept = team.closed(), team.closed()
    desk.post(f"cases/{kept.id}/archive", {}, version=kept.version)

    assert numbers(desk, "card=black") == [late.number]
    assert numbers(desk, "card=yellow") == []
    assert numbers(desk, "archived=true") == [kept.number]
    assert numbers(desk, "archived=false") == [closed.number]
    assert desk.get("ledger?card=purple").status_code == 422
    assert desk.get("ledger?columns=salary").status_code == 422


def test_a_selection_ends_where_one_act_ends(
    team: Team, desk: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parameter `ledger.bulk_most`."""
    monkeypatch.setattr("apps.ledger.limits.bulk_most", lambda: 2)
    for _ in range(3):
        team.registered()

    found = desk.get("ledger/selection").json()
    narrow = desk.get("ledger/selection?cause=hard").json()

    assert (len(found["results"]), found["more"]) == (2, True)
    assert set(found["results"][0]) == {"id", "number", "version"}
    assert narrow == {"results": [], "more": False}


def test_a_department_reads_its_own_lines_and_a_stranger_none(
    team: Team, other_street: HallRef
) -> None:
    theirs, _ = team.dispatched(), team.registered()
    handler = caller_for(team.ref, team.handler)
    elsewhere = caller_for(other_street, staff_in(other_street, *Role))

    assert numbers(handler) == [theirs.number]
    assert numbers(elsewhere) == []
    assert caller_for(team.ref, staff_in(team.ref, Role.GREETER)).get("ledger").status_code == 403


def test_a_sealed_file_is_in_no_ledger_selection_or_file(team: Team) -> None:
    """C-13, D13: not even for who registered it and holds every post."""
    everybody = staff_in(team.ref, *Role)
    reader = caller_for(team.ref, everybody)
    shown = team.registered()
    who = Person(kind="person", relation="self", name="顾念真", phone="19911112222")
    given = NewFile("推诿", "窗口不给办", "依法办理", who, Accusation(others="外单位的人"))
    with hall(team.ref):
        opening.register(given, by=everybody)

    found: list[Any] = reader.get("ledger/selection").json()["results"]
    asked = {"format": "csv", "columns": ["case_no", "summary"]}
    rows = table(body(reader.post("ledger/file", asked, key=None)))

    assert [row["number"] for row in found] == numbers(reader) == [shown.number]
    assert (rows[1][0], rows[2]) == (shown.number, [])
