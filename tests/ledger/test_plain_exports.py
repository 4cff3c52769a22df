"""security.md §4.2: names in plain leave the hall on two persons' word, for a while, counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.ledger import filters
from apps.ledger.api import streaming
from apps.ledger.errors import ExportExpired
from apps.ledger.models import Export, ExportState
from apps.ledger.services import exporting
from apps.ledger.services.exporting import Wanted
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.ledger.test_files import body, table
from tests.support.cases import APPLICANT, Team
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
PATH = "ledger/exports"
COLUMNS = ["case_no", "applicant", "contact"]


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


@pytest.fixture
def lead(team: Team) -> Caller:
    return caller_for(team.ref, team.lead)


def asked(caller: Caller, **changes: Any) -> dict[str, Any]:
    wanted = {"reason": "inspection", "purpose": "区审计局检查", "columns": COLUMNS} | changes
    answer = caller.post(PATH, wanted)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def decide(caller: Caller, one: dict[str, Any], decision: str = "approve", note: str = "") -> Any:
    said = {"decision": decision, "note": note}
    return caller.post(f"{PATH}/{one['id']}/decision", said, version=one["version"])


def fetch(caller: Caller, one: dict[str, Any]) -> Any:
    return caller.post(f"{PATH}/{one['id']}/file", {"format": "csv"}, key=None)


def test_a_second_person_allows_it_and_who_asked_fetches_it(
    team: Team, desk: Caller, lead: Caller
) -> None:
    """C-38: asked with a purpose, allowed by the shift's lead, in plain, on the record."""
    team.registered()
    one = asked(desk)
    before = fetch(desk, one)
    allowed = decide(lead, one)

    rows = table(body(fetch(desk, one)))

    assert (before.status_code, before.json()["code"]) == (409, "ledger.export_not_approved")
    assert (one["rows"], one["may"], allowed.json()["state"]) == (1, ["withdraw"], "approved")
    assert rows[1][1:] == [f"{APPLICANT.name} · {APPLICANT.id_number}", f"'{APPLICANT.phone}"]
    assert ["批准人", team.lead.name] in rows
    with hall(team.ref):
        acts = [row.body["action"] for row in AuditEntry.objects.order_by("seq")]
    wanted = ["ledger.export_asked", "ledger.export_decided", "ledger.export_fetched"]
    assert [act for act in acts if act.startswith("ledger.")] == wanted


def test_nobody_allows_what_they_asked_for(team: Team, lead: Caller) -> None:
    """Two people, whatever posts one of them holds; the database says so too."""
    one = asked(lead)

    answer = decide(lead, one)

    assert (answer.status_code, answer.json()["code"]) == (409, "ledger.own_export")
    assert "decide" not in one["may"]
    mine = {"state": ExportState.APPROVED, "decider": team.lead.post_id}
    with hall(team.ref):
        row = Export.objects.filter(id=one["id"])
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**mine)
        assert Export.objects.get(id=one["id"]).state == ExportState.ASKED


def test_only_those_who_may_decide_and_only_once(team: Team, desk: Caller, lead: Caller) -> None:
    other = caller_for(team.ref, staff_in(team.ref, Role.DESK_OFFICER))
    one = asked(desk)

    unseen = decide(other, one)
    unfounded = decide(lead, one, "refuse")
    refused = decide(lead, one, "refuse", "用途不明")
    again = decide(lead, refused.json())

    assert (unseen.status_code, unfounded.status_code) == (404, 422)
    assert (refused.status_code, refused.json()["state"]) == (200, "refused")
    assert (again.status_code, again.json()["code"]) == (409, "ledger.export_not_open")
    assert fetch(desk, one).json()["code"] == "ledger.export_not_approved"
    assert fetch(lead, one).status_code == 403


def test_it_is_over_after_its_hours_and_its_downloads(
    team: Team, desk: Caller, lead: Caller
) -> None:
    """Parameters `ledger.plain_hours` 24, `ledger.plain_downloads` 3."""
    one, late = asked(desk), asked(desk)
    decide(lead, one)
    decide(lead, late)

    for _ in range(3):
        body(fetch(desk, one))
    with frozen(clock.now() + timedelta(hours=25)), hall(team.ref), pytest.raises(ExportExpired):
        exporting.fetch(export_id=late["id"], shape="csv", by=team.desk)

    assert fetch(desk, one).status_code == 410
    assert desk.get(f"{PATH}/{one['id']}").json()["downloads_left"] == 0


def test_a_file_that_found_no_place_was_not_fetched(team: Team, desk: Caller, lead: Caller) -> None:
    """429 `ledger.exports_busy` counts as no download and is on no record."""
    one = asked(desk)
    decide(lead, one)
    for _ in range(streaming.AT_ONCE):
        assert streaming._free.acquire(blocking=False)
    try:
        refused = fetch(desk, one)
        masked = desk.post("ledger/file", {"format": "csv"}, key=None)
    finally:
        streaming._free.release(streaming.AT_ONCE)

    assert [answer.status_code for answer in (refused, masked)] == [429, 429]
    assert refused.json()["code"] == "ledger.exports_busy"
    assert desk.get(f"{PATH}/{one['id']}").json()["downloads_left"] == 3
    with hall(team.ref):
        acts = set(AuditEntry.objects.values_list("body__action", flat=True))
    assert not {"ledger.export_fetched", "ledger.exported"} & acts
    assert body(fetch(desk, one))


def test_what_came_later_is_not_in_it(team: Team, desk: Caller, lead: Caller) -> None:
    """The word was given for what there was when it was asked for."""
    first = team.registered()
    one = asked(desk)
    later = team.registered()
    decide(lead, one)

    text = body(fetch(desk, one)).decode()

    assert (first.number in text, later.number in text) == (True, False)


def test_it_can_be_taken_back_while_it_waits(team: Team, desk: Caller, lead: Caller) -> None:
    one = asked(desk)

    theirs = lead.post(f"{PATH}/{one['id']}/withdraw", version=one["version"])
    mine = desk.post(f"{PATH}/{one['id']}/withdraw", version=one["version"])

    assert (theirs.status_code, mine.json()["state"]) == (403, "withdrawn")
    assert decide(lead, mine.json()).json()["code"] == "ledger.export_not_open"


def test_who_decides_hears_of_it_and_who_asked_of_the_decision(
    team: Team, desk: Caller, lead: Caller
) -> None:
    one = asked(desk)
    decide(lead, one)

    told = [row["kind"] for row in lead.get("notices").json()["results"]]
    answered = [row["kind"] for row in desk.get("notices").json()["results"]]

    assert (told, answered) == (["ledger.export_asked"], ["ledger.export_decided"])


def test_a_phone_number_somebody_searched_for_is_not_stored(desk: Caller) -> None:
    answer = desk.post(PATH, {"reason": "court", "purpose": "x", "filters": {"q": "19900001234"}})

    assert (answer.status_code, answer.json()["params"]["errors"]) == (422, {"q": ["personal"]})
    assert desk.get(PATH).json()["results"] == []


def test_the_number_of_a_case_is_nobodys_number() -> None:
    """Its day makes it long; a phone number beside it still counts."""
    number = {"q": "BCS-20261101-0007"}
    assert filters.kept(number) == number
    with pytest.raises(Invalid):
        filters.kept({"q": "BCS-20261101-0007 199 0000 1234"})


def test_without_the_filter_nothing_more_than_one_file_may_hold(
    team: Team, desk: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parameter `ledger.export_most`; how many fit is said."""
    monkeypatch.setattr("apps.ledger.limits.export_most", lambda: 1)
    team.registered()
    team.registered()

    answer = desk.post(PATH, {"reason": "court", "purpose": "x"})

    assert (answer.status_code, answer.json()["code"]) == (422, "ledger.too_many_rows")
    assert answer.json()["params"] == {"rows": 2, "most": 1}
    with hall(team.ref):
        assert Export.objects.count() == 0


def test_a_file_that_grew_too_large_is_refused_and_counts_as_no_download(
    team: Team, desk: Caller, lead: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C-38: nothing is silently missing from a file that was allowed when less fitted."""
    team.registered()
    team.registered()
    one = asked(desk)
    decide(lead, one)
    monkeypatch.setattr("apps.ledger.limits.export_most", lambda: 1)

    answer = fetch(desk, one)

    assert (answer.status_code, answer.json()["code"]) == (422, "ledger.too_many_rows")
    with hall(team.ref):
        assert Export.objects.get().downloads == []


def test_another_hall_knows_of_nothing(team: Team, desk: Caller, other_street: HallRef) -> None:
    one = asked(desk)
    stranger = caller_for(other_street, staff_in(other_street, *Role))

    answer = decide(stranger, one)

    assert (answer.status_code, stranger.get(PATH).json()["results"]) == (404, [])
    with hall(team.ref):
        found = exporting.ask(wanted=Wanted({}), reason="court", purpose="x", by=team.desk)
    assert found.state == ExportState.ASKED
