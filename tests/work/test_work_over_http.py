"""Work and meetings over HTTP: shapes as described, once per key, and what they cost."""

from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from apps.work.kinds import BY_HAND, KINDS, STEP_CODES
from apps.work.models import WorkItem
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in
from tests.support.work import begin, bodies

pytestmark = pytest.mark.django_db


def described() -> dict[str, Any]:
    text = (settings.ROOT / "frontend" / "openapi" / "schema.yml").read_text()
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def test_every_kind_is_shown_in_the_shape_of_its_kind(district: HallRef) -> None:
    """ADR 11: one table, sixteen typed files; the description knows each by `kind`."""
    team = Team(district)
    case = team.dispatched()
    helper = staff_in(district, Role.ASSISTANT)
    assert helper.post_id is not None
    given = bodies(team.unit, helper.post_id)
    for code in BY_HAND:
        begin(district, case, code, given[code], team.lead)

    answer = caller_for(district, team.lead).get(f"cases/{case.id}/work")

    spec = described()
    shape = spec["paths"]["/api/v1/cases/{case_id}/work"]["get"]["responses"]["200"]
    schema = shape["content"]["application/json"]["schema"] | {"components": spec["components"]}
    problems = [error.message for error in Draft202012Validator(schema).iter_errors(answer.json())]
    assert problems == []
    assert {one["kind"] for one in answer.json()["results"]} == set(BY_HAND)


def test_the_same_key_asks_once(district: HallRef) -> None:
    """The same intent has no second effect."""
    team = Team(district)
    case = team.dispatched()
    caller = caller_for(district, team.desk)
    body = bodies(team.unit, team.unit)["opinion"]

    first, second = (
        caller.post(f"cases/{case.id}/work/opinion", body, key="one-intent") for _ in range(2)
    )

    with hall(district):
        count = WorkItem.objects.count()
    assert (first.status_code, second.status_code, count) == (201, 201, 1)
    assert first.json() == second.json()


def test_a_day_that_has_not_come_is_not_written_down(district: HallRef) -> None:
    """A consent of tomorrow is none."""
    team = Team(district)
    case = team.dispatched()
    body = bodies(team.unit, team.unit)["consent"] | {"given_on": "2099-01-01"}

    answer = caller_for(district, team.desk).post(f"cases/{case.id}/work/consent", body)

    assert answer.status_code == 422
    assert answer.json()["params"]["errors"] == {"given_on": ["in_future"]}


def test_forms_are_told_with_the_kinds_that_the_reader_begins(district: HallRef) -> None:
    """The page draws what the server declares."""
    team = Team(district)
    lead, clerk = (caller_for(district, one) for one in (team.lead, team.clerk))

    forms = {one["kind"]: one for one in lead.get("work/kinds").json()["results"]}
    clerks = {one["kind"]: one for one in clerk.get("work/kinds").json()["results"]}

    assert set(forms) == set(KINDS)
    assert (forms["task_force"]["may_begin"], clerks["task_force"]["may_begin"]) == (True, False)
    assert forms["resolution"]["may_begin"] is False
    asked = [field["name"] for field in forms["opinion"]["fields"]]
    assert asked == ["units", "question", "background", "days"]
    assert {step["step"] for one in forms.values() for step in one["steps"]} == set(STEP_CODES)


def test_a_list_of_work_costs_the_same_however_long_it_is(district: HallRef) -> None:
    team = Team(district)
    case = team.dispatched()
    caller = caller_for(district, team.desk)
    units = [department_in(district, f"科室{n}") for n in range(6)]
    costs = []
    for n in (1, 5):
        begin(district, case, "opinion", {"units": units[:n], "question": "？"}, team.desk)
        with CaptureQueriesContext(connection) as caught:
            assert caller.get(f"cases/{case.id}/work").status_code == 200
        costs.append(len(caught))

    assert costs[0] == costs[1]


def test_asking_five_units_costs_little_more_than_asking_one(district: HallRef) -> None:
    """Items, clocks and notices go in together: only who is told is asked unit by unit."""
    team = Team(district)
    caller = caller_for(district, team.desk)
    costs = []
    for n in (1, 5):
        case = team.dispatched()
        units = [department_in(district, f"科室{n}{one}") for one in range(n)]
        with CaptureQueriesContext(connection) as caught:
            answer = caller.post(
                f"cases/{case.id}/work/opinion", {"units": units, "question": "？"}
            )
        assert answer.status_code == 201
        costs.append(len(caught))

    assert costs[1] - costs[0] <= 4
