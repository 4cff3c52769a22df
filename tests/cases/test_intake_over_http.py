"""The intake the way the pages do it: told, checked, routed, merged, counted."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.intake import check_rate
from apps.cases.models import Case, CaseEvent
from bancheng.city.catalogue import services as catalogue
from bancheng.city.catalogue.queries import ServiceItemRef
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.cases.test_case_over_http import CASE, RECEPTION, TRIAGE
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
ITEM = "YJ-MZ-01"
AGENT = {
    "name": "赵明远",
    "phone": "13700005678",
    "authority": {"kind": "guardian", "scope": "代办更正"},
}
PERSON: dict[str, Any] = dict(CASE["applicant"])  # type: ignore[call-overload]
TOLD: dict[str, Any] = {
    "told_reason": "两本证对不上",
    "materials": ["身份证"],
    "special": ["elderly"],
}


@pytest.fixture
def team(street: HallRef, city: HallRef) -> Team:
    check_rate.forget()
    with hall(city):
        item = ServiceItemRef(ITEM, "婚姻登记证件更正、补领", "民政", ("street",))
        catalogue.put_service_items(items=[item], by=SYSTEM)
    return Team(street)


def new_case(desk: Caller, **changes: Any) -> dict[str, Any]:
    visit = desk.post("receptions", RECEPTION | {"service_item": ITEM}).json()["id"]
    made = desk.post("cases", CASE | {"service_item": ITEM, "reception": visit} | changes)
    assert made.status_code == 201, made.content
    found: dict[str, Any] = made.json()
    return found


def step(desk: Caller, case: dict[str, Any], verb: str, body: dict[str, Any]) -> Any:
    return desk.post(f"cases/{case['id']}/{verb}", body, version=case["version"])


def test_a_registration_answers_with_what_was_told_and_known(team: Team) -> None:
    """C-01, C-02, C-34: told once, known once more; the representative is masked."""
    desk = caller_for(team.ref, team.desk)
    applicant = PERSON | {"relation": "family", "agent": AGENT}
    first = new_case(desk, applicant=applicant, told=TOLD, blocked_stage="accept")
    second = new_case(desk)

    assert first["told"] == TOLD | {
        "urgency_reason": "",
        "alias": False,
        "notice_version": "2026-1",
    }
    assert (first["representative"]["name"], first["representative"]["phone"]) == (
        "赵**",
        "137****5678",
    )
    assert first["visits"] == {"told": 3, "known": 1, "alert": False}
    assert second["visits"]["known"] == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"blocked_stage": "somewhere"}, "blocked_stage"),
        ({"told": {"special": ["rich"]}}, "told"),
        ({"discovery_source": "rumour"}, "discovery_source"),
        ({"applicant": PERSON | {"relation": "agent"}}, "agent"),
        ({"urgency": "urgent"}, "urgency_reason"),
    ],
)
def test_what_is_wrong_is_named(team: Team, change: dict[str, Any], field: str) -> None:
    """C-01: and nothing is stored."""
    desk = caller_for(team.ref, team.desk)
    visit = desk.post("receptions", RECEPTION).json()["id"]

    answer = desk.post("cases", CASE | {"reception": visit} | change)

    assert answer.status_code == 422
    assert field in answer.json()["params"]["errors"]
    with hall(team.ref):
        assert Case.objects.count() == 0


def test_the_check_says_a_number_and_whose_case_it_may_be(team: Team) -> None:
    """C-34, M-21: and the audit chain says that somebody asked, not about whom."""
    desk = caller_for(team.ref, team.desk)
    case = new_case(desk)

    answer = desk.post("intake/check", {"phone": "199 0000 1234", "service_item": ITEM}, key=None)

    assert (answer.json()["known"], answer.json()["alert"]) == (2, False)
    assert [one["case"]["number"] for one in answer.json()["candidates"]] == [case["number"]]
    with hall(team.ref):
        entry = AuditEntry.objects.order_by("-seq")[0]
    assert entry.body["action"] == "intake.checked"
    assert "1234" not in str(entry.body)


def test_triage_dispatches_at_once_to_whom_the_item_names(team: Team) -> None:
    """C-39, C-84: proposed, taken, and the minutes are shown."""
    desk = caller_for(team.ref, team.desk)
    case = new_case(desk)

    way = desk.get(f"cases/{case['id']}/routing").json()
    sent = step(desk, case, "triage", TRIAGE | {"dispatch": True}).json()

    assert (way["why"], way["unit"]["name"]) == ("decided_here", "民政科")
    assert (sent["state"], sent["lead_unit"]["name"]) == ("dispatched", "民政科")
    assert sent["minutes_to_dispatch"] == 0


def test_a_clerk_may_triage_but_not_dispatch_at_once(team: Team) -> None:
    """domain.md §4.1: refused as a whole."""
    clerk = caller_for(team.ref, team.clerk)
    case = new_case(clerk)

    answer = step(clerk, case, "triage", TRIAGE | {"dispatch": True})

    assert answer.status_code == 403
    assert clerk.get(f"cases/{case['id']}").json()["state"] == "registered"


def test_two_cases_become_one_and_apart_again(team: Team) -> None:
    """§2.1 并案: shown with the day until which it can be undone."""
    desk = caller_for(team.ref, team.desk)
    kept, other = new_case(desk), new_case(desk)

    merged = step(desk, other, "merge", {"into": kept["id"], "note": "同一事"}).json()
    apart = step(desk, merged, "unmerge", {"note": "两件事"}).json()

    assert (merged["state"], merged["outcome"]) == ("closed", "merged")
    assert merged["merged_into"]["case"]["number"] == kept["number"]
    assert merged["merged_into"]["undo_until"] > f"{clock.today()}"
    assert merged["intake_steps"] == ["unmerge", "link"]
    assert (apart["state"], apart["links"], apart["deadline"]["due_at"]) == (
        "registered",
        [],
        other["deadline"]["due_at"],
    )


def test_a_visit_that_became_a_sealed_file_is_no_longer_counted(team: Team) -> None:
    """C-13, C-34: whoever is accused counts as if nobody had come."""
    staff_in(team.ref, Role.SUPERVISOR)
    desk = caller_for(team.ref, team.desk)
    case = new_case(desk)
    body = TRIAGE | {"cause": "unwilling", "blocking_reason": "F1"}

    sealed = step(desk, case, "triage", body)
    after = desk.post("intake/check", {"phone": "19900001234", "service_item": ITEM}, key=None)

    assert sealed.status_code == 204, sealed.content
    assert (after.json()["known"], after.json()["candidates"]) == (1, [])


def test_candidates_links_and_a_sealed_neighbour(team: Team) -> None:
    """C-13: a case that became a sealed file is neither a candidate nor a link any more."""
    desk = caller_for(team.ref, team.desk)
    case, other = new_case(desk), new_case(desk)
    linked = step(desk, case, "link", {"other": other["id"], "kind": "related"}).json()
    near = desk.get(f"cases/{case['id']}/candidates").json()["results"]
    with hall(team.ref):
        Case.objects.filter(id=other["id"]).update(sealed=True)

    after = desk.get(f"cases/{case['id']}").json()

    assert [one["case"]["number"] for one in linked["links"]] == [other["number"]]
    assert [one["case"]["number"] for one in near] == [other["number"]]
    assert after["links"] == []
    assert desk.get(f"cases/{case['id']}/candidates").json()["results"] == []


def test_the_one_time_notice_and_a_later_demand(team: Team) -> None:
    """一次性告知: 422 without a reason, marked with one."""
    desk = caller_for(team.ref, team.desk)
    body = {"materials": [{"name": "档案复印件", "where": "区档案馆"}], "told": "printed"}
    case = step(desk, new_case(desk), "one-time-notice", body).json()

    refused = step(desk, case, "one-time-notice", body)
    later = step(desk, case, "one-time-notice", body | {"reason": "新规定"}).json()

    assert (refused.status_code, refused.json()["code"]) == (422, "cases.asked_before")
    assert [one["late"] for one in later["material_notices"]] == [False, True]
    with hall(team.ref):
        assert CaseEvent.objects.filter(kind="one-time-notice").count() == 2


def test_the_city_keeps_the_matrix_and_a_street_reads_it(team: Team, city: HallRef) -> None:
    """C-84: written in the city's hall only."""
    admin = caller_for(city, staff_in(city, Role.CITY_ADMIN))
    rows = [{"level": "district", "unit": "民政", "since": "2026-01-01", "basis": "权责清单"}]
    evidence = [{"name": "旧户籍底册", "held_by": "派出所", "reason": "E2"}]
    body = {"item": ITEM, "deciders": rows, "evidence": evidence}

    made = admin.post("authority", body)
    street = caller_for(team.ref, staff_in(team.ref, Role.CITY_ADMIN))
    read = street.get("authority").json()["results"]

    assert (made.status_code, made.json()["evidence"]) == (200, evidence)
    assert [(row["item"], row["level"], row["until"]) for row in read] == [(ITEM, "district", None)]
    assert street.post("authority", body).status_code == 403


def test_figures_of_days_and_what_is_no_span(team: Team) -> None:
    """M-19, C-41: for managers; a span runs forward and at most a year."""
    lead = caller_for(team.ref, team.lead)
    new_case(caller_for(team.ref, team.desk))
    today = clock.today()

    found = lead.get(f"intake/figures?from={today}&to={today}").json()
    bad = [
        lead.get(f"intake/figures?{q}").status_code for q in ("", "from=2026-02-02&to=2026-01-01")
    ]

    assert (found["receptions"], found["cases"], found["misuse"]["unknown"]) == (1, 1, 1)
    assert bad == [422, 422]


def test_what_the_reads_cost(team: Team) -> None:
    """Statements, however many visits and cases there are."""
    desk, lead = caller_for(team.ref, team.desk), caller_for(team.ref, team.lead)
    case, today = new_case(desk), clock.today()
    reads = {
        "check": lambda: desk.post("intake/check", {"phone": "19900001234"}, key=None),
        "routing": lambda: desk.get(f"cases/{case['id']}/routing"),
        "figures": lambda: lead.get(f"intake/figures?from={today}&to={today}"),
        "receptions": lambda: desk.get("receptions"),
    }

    costs = {}
    for name, ask in reads.items():
        ask()
        with CaptureQueriesContext(connection) as seen:
            assert ask().status_code == 200
        costs[name] = len(seen)

    assert costs == {"check": 8, "routing": 8, "figures": 11, "receptions": 2}
