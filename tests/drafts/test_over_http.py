"""Drafts over HTTP: saved without a key, gone with the command that names them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.services.sealing import Accusation
from apps.conduct.services import opening
from apps.drafts.models import Draft, LastStep
from apps.work.models import Meeting
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.idempotency.models import IdempotencyKey
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import department_in, staff_in
from tests.support.work import begin

pytestmark = pytest.mark.django_db
TEXT = {"lead_unit": "", "note": "请核对户籍底册"}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def save(caller: Caller, case_id: object, body: dict[str, Any], version: int = 0) -> Any:
    given = {"subject": "case", "subject_id": case_id, "form": "dispatch", "body": body}
    return caller.post("drafts", given | {"version": version}, key=None)


def about(caller: Caller, case_id: object) -> list[Any]:
    return list(caller.get(f"drafts?subject=case&subject_id={case_id}").json()["results"])


def test_saved_on_one_machine_it_is_there_on_the_other(team: Team) -> None:
    case = team.triaged()
    here, there = caller_for(team.ref, team.desk), caller_for(team.ref, team.desk)

    saved = save(here, case.id, TEXT)

    assert saved.status_code == 200
    assert set(saved.json()) == {"id", "version", "saved_at"}
    [found] = about(there, case.id)
    assert (found["id"], found["version"], found["body"]) == (saved.json()["id"], 1, TEXT)
    assert about(caller_for(team.ref, team.lead), case.id) == []


def test_the_answer_that_is_kept_for_repeats_holds_no_text(team: Team) -> None:
    save(caller_for(team.ref, team.desk), team.triaged().id, TEXT)

    with hall(team.ref):
        assert not IdempotencyKey.objects.filter(answer__icontains="drafts").exists()
        assert not IdempotencyKey.objects.exists()


def test_a_step_that_names_its_draft_takes_it_along(team: Team) -> None:
    case = team.triaged()
    desk = caller_for(team.ref, team.desk)
    draft = save(desk, case.id, TEXT).json()["id"]
    body = {"lead_unit": team.unit, "note": TEXT["note"]}

    sent = desk.post(f"cases/{case.id}/dispatch", body, version=case.version, Draft=draft)

    assert sent.status_code == 200
    assert about(desk, case.id) == []


def test_a_step_that_was_refused_leaves_the_draft(team: Team) -> None:
    case = team.triaged()
    desk = caller_for(team.ref, team.desk)
    draft = save(desk, case.id, TEXT).json()["id"]

    sent = desk.post(f"cases/{case.id}/dispatch", {"lead_unit": team.unit}, version=99, Draft=draft)

    assert sent.status_code == 412
    assert [one["body"] for one in about(desk, case.id)] == [TEXT]


def test_somebody_elses_draft_in_the_header_stays(team: Team) -> None:
    case = team.triaged()
    lead, desk = caller_for(team.ref, team.lead), caller_for(team.ref, team.desk)
    draft = save(lead, case.id, TEXT).json()["id"]

    for named in (draft, "no id"):
        body = {"lead_unit": team.unit}
        desk.post(f"cases/{case.id}/dispatch", body, version=case.version, Draft=named)

    assert [one["body"] for one in about(lead, case.id)] == [TEXT]


@pytest.mark.parametrize(
    "given",
    [
        {"form": "", "body": {}},
        {"form": "A b", "body": {}},
        {"form": "dispatch", "body": []},
        {"form": "dispatch", "body": {}, "version": -1},
        {"form": "dispatch", "body": {}, "subject": "person"},
    ],
)
def test_what_is_no_draft_is_refused(team: Team, given: dict[str, Any]) -> None:
    answer = caller_for(team.ref, team.desk).post("drafts", given, key=None)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    with hall(team.ref):
        assert not Draft.objects.exists()


def test_a_conflict_names_the_present_version(team: Team) -> None:
    case = team.triaged()
    desk = caller_for(team.ref, team.desk)
    save(desk, case.id, TEXT)

    answer = save(desk, case.id, {"note": "别的"})

    assert (answer.status_code, answer.json()["code"]) == (409, "drafts.changed_elsewhere")
    assert answer.json()["params"] == {"version": 1}


def test_sealed_with_its_case(team: Team) -> None:
    """C-13: what a department had begun to write about a file that is sealed now is gone."""
    case = team.dispatched()
    handler = caller_for(team.ref, team.handler)
    save(handler, case.id, TEXT)
    assert len(about(handler, case.id)) == 1

    with hall(team.ref):
        assert team.handler.post_id is not None
        opening.seal(
            case_id=case.id,
            version=case.version,
            accusation=Accusation(posts=(team.handler.post_id,), facts=("F1",)),
            note="",
            by=team.desk,
        )

    assert about(handler, case.id) == []
    assert save(handler, case.id, TEXT).status_code == 404
    with hall(team.ref):
        assert (Draft.objects.count(), LastStep.objects.count()) == (0, 0)


def test_what_it_costs(team: Team) -> None:
    """Statements: signing in by token and the transactions are among them."""
    case = team.triaged()
    desk = caller_for(team.ref, team.desk)
    save(desk, case.id, TEXT)

    def cost(act: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        return len(seen)

    assert cost(lambda: about(desk, case.id)) == 2
    assert cost(lambda: save(desk, case.id, {"note": "再写"}, 1)) == 6


def test_what_is_written_about_work_is_kept_for_who_was_asked_and_goes_with_the_step(
    team: Team,
) -> None:
    """A unit that was not asked learns nothing, not even that the piece of work exists."""
    case = team.triaged()
    asked = {"units": [team.unit], "question": "能否补领？"}
    [item] = begin(team.ref, case, "opinion", asked, team.desk)
    unit = caller_for(team.ref, team.handler)
    elsewhere = department_in(team.ref, "公安科")
    stranger = caller_for(team.ref, staff_in(team.ref, Role.DEPT_HANDLER, department=elsewhere))
    given = {"subject": "work", "subject_id": item.id, "form": "work:answer", "body": TEXT}

    saved = unit.post("drafts", given, key=None)
    refused = stranger.post("drafts", given, key=None)
    unknown = stranger.post("drafts", given | {"subject_id": case.id}, key=None)
    body = {"position": "conditional", "text": "补充档案后同意", "basis": "婚姻登记条例"}
    sent = unit.post(f"work/{item.id}/answer", body, version=1, Draft=saved.json()["id"])

    assert (saved.status_code, refused.status_code) == (200, 404)
    assert refused.json()["code"] == unknown.json()["code"] == "not_found"
    assert sent.status_code == 200
    assert unit.get(f"drafts?subject=work&subject_id={item.id}").json()["results"] == []


def test_what_is_written_about_a_meeting_is_out_of_sight_once_the_seat_is_gone(team: Team) -> None:
    case = team.triaged()
    lead = caller_for(team.ref, team.lead)
    proposed = {"topic": "跨科室补领", "cases": [case.id], "units": [team.unit]}
    meeting = lead.post("meetings", proposed).json()["id"]
    unit = caller_for(team.ref, team.handler)
    given = {"subject": "meeting", "subject_id": meeting, "form": "meeting:opinion", "body": TEXT}

    kept = unit.post("drafts", given, key=None).status_code
    with hall(team.ref):
        Meeting.objects.update(seats=[])
    listed = unit.get(f"drafts?subject=meeting&subject_id={meeting}").json()["results"]
    again = unit.post("drafts", given | {"version": 1}, key=None)

    assert (kept, listed) == (200, [])
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
