"""Deciding days, limits, years and parameters over the API: previewed, kept, taken back."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from apps.cases.models import Deadline
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.models import DeadlinePolicy
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZONE)
NOTICE = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    calendar.forget()
    parameters.forget()
    with frozen(MONDAY):
        yield
    calendar.forget()
    parameters.forget()


def admin(ref: HallRef, role: Role = Role.HALL_ADMIN) -> Caller:
    return caller_for(ref, staff_in(ref, role))


def body(answer: Any) -> Any:
    return json.loads(answer.content)


def test_a_limit_is_previewed_without_writing_and_then_decided(street: HallRef) -> None:
    """What would move is named with both dates; nothing is written until it is decided."""
    case = Team(street).in_progress()
    caller = admin(street)
    limit = {
        "stage": "resolve",
        "category": "hard_single",
        "rule": "WD+7",
        "basis": "本街道试行",
        "recompute": True,
        "reason": "relief",
    }

    looked = body(caller.post("deadline-policies/preview", limit))
    with hall(street):
        untouched = (
            DeadlinePolicy.objects.count(),
            Deadline.objects.filter(case=case, stage="resolve", ended="").get().due_on,
        )
    made = caller.post("deadline-policies", limit)
    progress = body(caller.post("deadlines/recompute"))
    row = next(
        one
        for one in body(caller.get("deadline-policies"))["results"]
        if (one["stage"], one["category"]) == ("resolve", "hard_single")
    )

    assert [(one["number"], one["before"], one["after"]) for one in looked["rows"]] == [
        (case.number, "2026-03-09", "2026-03-11")
    ]
    assert untouched == (0, date(2026, 3, 9))
    assert made.status_code == 201
    assert (progress["moved"], progress["left"]) == (1, 0)
    assert (row["in_force"]["rule"], row["in_force"]["hall"]) == ("WD+7", street.name)
    with hall(street):
        actions = set(AuditEntry.objects.values_list("body__action", flat=True))
    assert {"policies.limit_decided", "cases.deadline_recomputed"} <= actions


def test_what_is_refused_changes_nothing(street: HallRef) -> None:
    caller = admin(street)
    good = {"stage": "sign", "rule": "WH+3", "basis": "试行"}
    codes = [
        body(caller.post("deadline-policies", good | change))["code"]
        for change in (
            {"rule": "soon"},
            {"stage": "lunch"},
            {"basis": " "},
            {"effective_from": "2026-03-01"},
            {"recompute": True},
            {"scope": "network"},
        )
    ]

    assert codes == ["calendar.bad_rule", "calendar.no_such_limit", *["invalid"] * 3, "forbidden"]
    with hall(street):
        assert DeadlinePolicy.objects.count() == 0


def test_a_year_is_compared_then_confirmed_by_its_seal(city: HallRef, street: HallRef) -> None:
    """The city's administrator alone; a street sees the year as soon as it holds."""
    caller = admin(city, Role.CITY_ADMIN)
    looked = body(caller.post("calendar/notices", {"notice": NOTICE}))
    wrong = caller.post("calendar/notices/confirm", {"notice": NOTICE, "seal": "x"})
    made = caller.post("calendar/notices/confirm", {"notice": NOTICE, "seal": looked["seal"]})
    shown = body(admin(street).get("calendar/days?year=2027"))

    assert [(one["day"], one["change"]) for one in looked["changes"]] == [("2027-01-01", "added")]
    assert body(wrong)["code"] == "calendar.preview_stale"
    assert made.status_code == 201
    assert (shown["source"], shown["days"][0]["kind"]) == ("network", "holiday")
    assert body(admin(street).get("calendar/days?year=20x6"))["code"] == "invalid"


def test_a_day_to_come_is_decided_and_taken_back(street: HallRef, other_street: HallRef) -> None:
    caller = admin(street)
    later = (clock.today() + timedelta(days=3)).isoformat()
    made = body(caller.post("calendar/days", {"day": later, "working": False, "reason": "检修"}))[
        "id"
    ]

    elsewhere = admin(other_street).delete(f"calendar/days/{made}")
    twice = caller.post("calendar/days", {"day": later, "working": True, "reason": "照常"})
    gone = caller.delete(f"calendar/days/{made}")

    assert (elsewhere.status_code, gone.status_code) == (404, 204)
    assert body(twice)["code"] == "calendar.already_decided"
    assert body(caller.get("calendar/days"))["decisions"] == []


def test_a_parameter_shows_its_default_its_origin_and_its_history(
    district: HallRef, street: HallRef
) -> None:
    made = admin(district).post(
        "parameters", {"key": "time.extensions", "value": 2, "basis": "青政办〔2026〕2号"}
    )
    rows = body(admin(street).get("parameters"))["results"]
    found = next(one for one in rows if one["key"] == "time.extensions")

    assert made.status_code == 201
    assert (found["default"], found["value"], found["source"]) == (1, 2, "hall")
    assert (found["hall"], found["decisions"][0]["withdrawable"]) == (district.name, False)
