"""Every role at every step, unknown ids, other halls, tokens (domain.md §4.1, security.md §6)."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from apps.cases.models import Case, CaseEvent
from apps.cases.permissions import allowed_steps
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for

pytestmark = pytest.mark.django_db

DESK = {Role.DESK_OFFICER, Role.SHIFT_LEAD, Role.HALL_ADMIN}
CLERK = DESK | {Role.WINDOW_CLERK}
UNIT = {Role.DEPT_HANDLER, Role.DEPT_LEAD}
LEAD = {Role.DEPT_LEAD}
ALWAYS = {"hand-over": {Role.SHIFT_LEAD, Role.HALL_ADMIN}, "report-up": CLERK | UNIT}
BESIDE = ALWAYS | {"explanation": CLERK | UNIT}
AT_A_UNIT = {"merge": DESK, "cause-change": DESK}
ANSWERED = {"appeal": CLERK}
ALLOWED: dict[str, dict[str, set[Role]]] = {
    "registered": {"triage": CLERK, "merge": DESK, **ALWAYS},
    "triaged": {
        "triage": CLERK,
        "dispatch": DESK,
        "refusal": CLERK,
        "close": CLERK,
        "referrals": DESK,
        "merge": DESK,
        "pause": DESK,
        **BESIDE,
        "explanation": CLERK,
    },
    "dispatched": {"return": LEAD, "sign": UNIT, **AT_A_UNIT, **BESIDE},
    "signed": {"return": LEAD, "contact": UNIT, "extension": UNIT, **AT_A_UNIT, **BESIDE},
    "in_progress": {
        "contact": UNIT,
        "reply": UNIT,
        "refusal": CLERK,
        "referrals": DESK,
        "extension": UNIT,
        "pause": DESK | UNIT,
        **AT_A_UNIT,
        **BESIDE,
    },
    "replied": {"review": DESK, "refusal": CLERK, **BESIDE},
    "reviewed": {"deliver": DESK, **BESIDE},
    "delivered": {"callback": DESK, **BESIDE, **ANSWERED},
    "called_back": {"callback": DESK, "reopen": DESK, "close": DESK, **BESIDE, **ANSWERED},
    "closed": {"reopen": DESK, **ANSWERED},
}
SEES = (
    CLERK
    | UNIT
    | {
        Role.DISTRICT_ADMIN,
        Role.CITY_ADMIN,
        Role.SUPERVISOR,
        Role.DISCIPLINE_OBSERVER,
    }
)


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def person(team: Team, role: Role) -> Actor:
    unit = team.unit if role in UNIT else None
    return people.staff_in(team.ref, role, department=unit)


@pytest.mark.parametrize("state", list(ALLOWED))
def test_each_role_is_offered_its_steps_and_no_other(state: str, team: Team) -> None:
    make: Callable[[], Case] = getattr(team, state)
    case = make()

    offered: dict[str, set[Role]] = {}
    with hall(team.ref):
        for role in Role:
            for verb in allowed_steps(person(team, role), case):
                offered.setdefault(verb, set()).add(role)

    assert offered == ALLOWED[state]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_that_may_not_is_refused_and_nothing_changes(role: Role, team: Team) -> None:
    case = team.triaged()
    caller = caller_for(team.ref, person(team, role))

    answer = caller.post(
        f"cases/{case.id}/dispatch", {"lead_unit": team.unit}, version=case.version
    )

    if role in DESK:
        assert answer.status_code == 200
        return
    assert answer.status_code == (403 if role in SEES - UNIT else 404)
    with hall(team.ref):
        same = Case.objects.get(id=case.id)
        assert (same.state, same.version) == ("triaged", case.version)
        assert CaseEvent.objects.filter(case=case).count() == 2


def test_a_department_sees_only_what_it_was_given(team: Team) -> None:
    given, kept = team.dispatched(), team.triaged()
    other = people.department_in(team.ref, "社保科")
    stranger_unit = people.staff_in(team.ref, Role.DEPT_LEAD, department=other)
    handler = caller_for(team.ref, team.handler)
    colleague = caller_for(team.ref, stranger_unit)

    assert [row["id"] for row in handler.get("cases").json()["results"]] == [str(given.id)]
    assert colleague.get("cases").json()["results"] == []
    assert handler.get(f"cases/{kept.id}").status_code == 404
    refused = colleague.post(f"cases/{given.id}/sign", {}, version=given.version)
    assert refused.status_code == 404


def test_other_halls_cases_are_unknown_to_the_byte(
    team: Team, other_street: HallRef, stranger: HallRef
) -> None:
    case = team.triaged()

    for ref in (other_street, stranger):
        caller = caller_for(ref, Team(ref).desk)
        for path in ("cases/{}", "deadlines/{}/explanation", "referrals/{}"):
            theirs, nothing = caller.get(path.format(case.id)), caller.get(path.format(uuid4()))
            assert (theirs.status_code, theirs.content) == (404, nothing.content)
        body = {"field": "phone", "reason": "contact_applicant"}
        assert caller.post(f"cases/{case.id}/reveal", body).status_code == 404
        step = caller.post(f"cases/{case.id}/sign", {}, version=case.version)
        assert step.status_code == 404
    with hall(team.ref):
        assert Case.objects.get(id=case.id).version == case.version


def test_a_narrow_token_cannot_do_what_its_owner_can(team: Team) -> None:
    case = team.triaged()
    narrow = caller_for(team.ref, team.desk, scopes=["cases.read"])

    shown = narrow.get(f"cases/{case.id}")
    refused = narrow.post(
        f"cases/{case.id}/dispatch", {"lead_unit": team.unit}, version=case.version
    )

    assert shown.json()["allowed_steps"] == []
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_a_confidential_person_stays_unknown_to_the_department(team: Team) -> None:
    case = team.dispatched(confidential=True)
    handler = caller_for(team.ref, team.handler)

    listed = handler.get("cases").json()["results"][0]
    shown = handler.get(f"cases/{case.id}").json()
    found = handler.get("cases?q=19900001234").json()["results"]
    opened = handler.post(f"cases/{case.id}/reveal", {"field": "name", "reason": "verify_identity"})

    assert listed["applicant_masked"] == ""
    assert (shown["applicant"]["name"], shown["applicant"]["phone"]) == ("", "")
    assert found == []
    assert opened.status_code == 403
