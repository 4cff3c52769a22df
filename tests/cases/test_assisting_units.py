"""Assisting units have their own clocks, answer the lead, and are named when they do not."""

from datetime import datetime
from uuid import UUID

import pytest

from apps.cases.models import Case, Deadline
from apps.cases.services import dispatching, handling
from apps.cases.services.handling import Reply
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.unchanged import refused

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
SAID = {"text": "已核对，底册一致。", "result": "agreed"}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture
def helper(team: Team) -> Actor:
    unit = people.department_in(team.ref, "公安科")
    return people.staff_in(team.ref, Role.DEPT_HANDLER, department=unit)


def shared(team: Team, *units: UUID | None) -> Case:
    case = team.triaged()
    with hall(team.ref):
        return dispatching.dispatch(
            case_id=case.id,
            version=case.version,
            lead_unit=team.unit,
            assist_units=[unit for unit in units if unit],
            category="",
            note="",
            by=team.desk,
        )


def running(case: Case, team: Team) -> dict[str, str]:
    with hall(team.ref):
        rows = Deadline.objects.filter(case=case, ended="", item__isnull=False)
        return {row.stage: f"{row.due_at.astimezone(ZONE):%m-%d %H:%M}" for row in rows}


def test_each_assisting_unit_has_its_own_clocks(team: Team, helper: Actor) -> None:
    """C-68, §2.5: half a day to sign, five days of the lead's ten to answer."""
    with frozen(MONDAY):
        case = shared(team, helper.department_id)

    assert running(case, team) == {"assist_sign": "03-02 16:00", "assist_reply": "03-09 17:30"}


def test_an_assisting_unit_signs_and_answers(team: Team, helper: Actor) -> None:
    """C-68: the lead reads the answer; the unit's clocks have ended, the lead's have not."""
    case = shared(team, helper.department_id)
    theirs = caller_for(team.ref, helper)

    signed = theirs.post(f"cases/{case.id}/assist-sign", {}, version=case.version)
    body = signed.json()
    replied = theirs.post(f"cases/{case.id}/assist-reply", SAID, version=body["version"])

    unit = replied.json()["assist_units"][0]
    assert (signed.status_code, replied.status_code) == (200, 200)
    assert (unit["text"], unit["result"], unit["silent"]) == (SAID["text"], "agreed", False)
    assert (replied.json()["state"], running(case, team)) == ("dispatched", {})
    assert "assist-reply" not in replied.json()["allowed_steps"]
    with hall(team.ref):
        done = Deadline.objects.filter(case=case, item__isnull=False, ended="done").count()
    assert done == 2


def test_a_unit_answers_once_and_only_for_itself(team: Team, helper: Actor) -> None:
    """C-68: neither the leading unit nor one that was not asked."""
    case = shared(team, helper.department_id)
    lead = refused(caller_for(team.ref, team.handler), team, case, "assist-reply", SAID)
    other = people.staff_in(
        team.ref, Role.DEPT_HANDLER, department=people.department_in(team.ref, "城建科")
    )
    blind = refused(caller_for(team.ref, other), team, case, "assist-reply", SAID)
    theirs = caller_for(team.ref, helper)
    once = theirs.post(f"cases/{case.id}/assist-reply", SAID, version=case.version)
    case.version = once.json()["version"]
    twice = refused(theirs, team, case, "assist-reply", SAID)

    assert (lead[0], lead[1]["code"]) == (403, "cases.not_asked")
    assert blind[0] == 404
    assert (twice[0], twice[1]["code"]) == (403, "cases.not_asked")


def test_who_did_not_answer_is_put_down(team: Team, helper: Actor) -> None:
    """C-68: the lead goes on, and history names the silent unit."""
    case = shared(team, helper.department_id)
    with hall(team.ref):
        case = handling.sign(case_id=case.id, version=case.version, by=team.handler)
        case = handling.contact(
            case_id=case.id,
            version=case.version,
            method="phone",
            result="reached",
            note="",
            by=team.handler,
        )
        case = handling.reply(
            case_id=case.id,
            version=case.version,
            given=Reply("已办好", "yes", "done"),
            by=team.handler,
        )
        last = case.events.order_by("-seq")[0]
    shown = caller_for(team.ref, team.desk).get(f"cases/{case.id}").json()

    assert shown["assist_units"][0]["silent"] is True
    assert [unit["name"] for unit in last.data["silent"]] == ["公安科"]
    assert running(case, team) == {}
