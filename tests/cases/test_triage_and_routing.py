"""Should it, can it, why not; who decides it; at once to the department."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apps.cases.accountability import matrix, routing
from apps.cases.intake import figures as intake_figures
from apps.cases.intake.details import Conflict, Diagnosis, Judged
from apps.cases.intake.errors import NoRoute
from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.rules import Answer, Cause, ReceptionOutcome
from apps.cases.services import registration, triage
from bancheng.city.catalogue import authority, desk_codes
from bancheng.city.catalogue import services as catalogue
from bancheng.city.catalogue.authority import Decider, Evidence
from bancheng.city.catalogue.queries import ServiceItemRef
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.models import ParameterValue
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound
from bancheng.kernel.hall import HallRef, Level, hall
from tests.support.cases import FINDING, RECEPTION, Team
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
ITEM = "YJ-MZ-01"


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    parameters.forget()
    yield
    parameters.forget()


def an_item(city: HallRef, *rows: Decider, levels: tuple[str, ...] = ("district",)) -> None:
    with hall(city):
        item = ServiceItemRef(ITEM, "婚姻登记证件更正、补领", "民政", levels)
        catalogue.put_service_items(items=[item], by=SYSTEM)
        if rows:
            authority.put_deciders(item=ITEM, rows=rows, by=SYSTEM)


def row(level: Level, since: date = date(2020, 1, 1), until: date | None = None) -> Decider:
    return Decider(ITEM, level, "民政", since, until, "权责清单 2020")


def way(team: Team, case: Case) -> dict[str, Any]:
    with hall(team.ref):
        return routing.of_case(case.id, team.desk)


def decided(ref: HallRef, key: str, value: object) -> None:
    with hall(ref):
        ParameterValue.objects.create(
            network_id=ref.network_id,
            hall_id=ref.id,
            key=key,
            value=value,
            effective_from=clock.today(),
        )
    parameters.forget()


def test_a_matter_that_this_level_decides_is_for_its_department(team: Team, city: HallRef) -> None:
    """C-84, C-39: the department whose name holds the kind of unit."""
    an_item(city, row(Level.STREET), row(Level.DISTRICT))

    found = way(team, team.triaged(service_item=ITEM))

    assert (found["why"], found["unit"].id, found["hall"]) == ("decided_here", team.unit, None)
    assert [one.level for one in found["deciders"]] == [Level.STREET, Level.DISTRICT]


def test_a_matter_that_is_decided_above_goes_to_the_nearest_such_hall(
    team: Team, city: HallRef, district: HallRef
) -> None:
    """C-84: the street may not decide; its district does."""
    an_item(city, row(Level.CITY), row(Level.DISTRICT))

    found = way(team, team.triaged(service_item=ITEM))

    assert (found["why"], found["unit"], found["hall"].id) == ("decided_above", None, district.id)


def test_rows_hold_from_their_day_until_their_day(team: Team, city: HallRef) -> None:
    """C-84 effective dates: yesterday's authority and tomorrow's are not today's."""
    today = clock.today()
    an_item(
        city,
        row(Level.STREET, until=date(2026, 1, 1)),
        row(Level.DISTRICT, since=date(today.year + 1, 1, 1)),
        row(Level.CITY),
    )

    found = way(team, team.triaged(service_item=ITEM))

    assert (found["why"], found["hall"].id) == ("decided_above", city.id)


def test_without_rows_the_items_own_levels_count(team: Team, city: HallRef) -> None:
    """C-84: the catalogue's levels and unit are the first word."""
    an_item(city, levels=("street",))

    assert way(team, team.triaged(service_item=ITEM))["unit"].id == team.unit
    assert way(team, team.triaged())["why"] == "no_item"


def test_only_the_city_hall_writes_the_matrix(city: HallRef, district: HallRef) -> None:
    """C-84: the city writes, halls read."""
    an_item(city, row(Level.CITY))
    admin = staff_in(city, Role.CITY_ADMIN)

    with hall(district), pytest.raises(Forbidden):
        matrix.put(item=ITEM, deciders=[], evidence=None, by=staff_in(district, Role.CITY_ADMIN))
    with hall(city):
        with pytest.raises(Forbidden):
            matrix.put(item=ITEM, deciders=[], evidence=None, by=staff_in(city, Role.SHIFT_LEAD))
        with pytest.raises(Invalid):
            matrix.put(item="X", deciders=[], evidence=None, by=admin)
        assert len(matrix.rows(admin)) == 1
        matrix.put(item=ITEM, deciders=None, evidence=[Evidence("旧户籍底册", "派出所")], by=admin)
    with hall(district):
        assert authority.evidence(ITEM) == [Evidence("旧户籍底册", "派出所")]


def test_other_evidence_is_tied_to_what_is_missing(team: Team, city: HallRef) -> None:
    """C-72: what answers an early error, what answers lost contributions, what answers either."""
    an_item(city, row(Level.STREET))
    admin = staff_in(city, Role.CITY_ADMIN)
    papers = [
        Evidence("旧户籍底册", "派出所", "E2"),
        Evidence("缴费存根", "原单位", "E4"),
        Evidence("邻里证明"),
    ]
    with hall(city):
        matrix.put(item=ITEM, deciders=None, evidence=papers, by=admin)
        wrong = [Evidence("x", reason="E9")]
        with pytest.raises(Invalid):
            matrix.put(item=ITEM, deciders=None, evidence=wrong, by=admin)

    found = way(team, team.triaged(service_item=ITEM))["evidence"]
    assert {(one.name, one.reason) for one in found} == {
        ("旧户籍底册", "E2"),
        ("缴费存根", "E4"),
        ("邻里证明", ""),
    }


def test_triage_hands_the_matter_at_once_to_its_department(team: Team, city: HallRef) -> None:
    """C-39 立即派发: both in one transaction, and the minutes are known."""
    an_item(city, row(Level.STREET))
    case = team.registered(service_item=ITEM)

    with hall(team.ref):
        sent = triage.triage_and_dispatch(
            case_id=case.id, version=case.version, finding=FINDING, by=team.desk
        )

    assert (sent.state, sent.lead_unit) == ("dispatched", team.unit)


def test_without_a_department_nothing_is_put_down(team: Team, city: HallRef) -> None:
    """C-39: a matter decided above is not triaged by the way."""
    an_item(city, row(Level.DISTRICT))
    case = team.registered(service_item=ITEM)

    with pytest.raises(NoRoute):
        _at_once(team, case)

    with hall(team.ref):
        assert Case.objects.get(id=case.id).state == "registered"


def _at_once(team: Team, case: Case) -> None:
    from django.db import transaction

    with hall(team.ref), transaction.atomic():
        triage.triage_and_dispatch(
            case_id=case.id, version=case.version, finding=FINDING, by=team.desk
        )


def test_two_papers_that_contradict_each_other_are_named(team: Team) -> None:
    """C-03, C-72, C-73: the diagnosis names papers and fields, no values."""
    conflict = Conflict("结婚证", "居民身份证", "姓名")
    diagnosis = Diagnosis("登记时笔误", conflict, ("婚姻登记档案",))
    finding = replace(
        FINDING, diagnosis=diagnosis, blocked_stage="accept", discovery_source="hotline_12345"
    )

    case = team.triaged(finding)

    assert case.diagnosis == {
        "text": "登记时笔误",
        "conflict": {
            "document_a": "结婚证",
            "document_b": "居民身份证",
            "differs_in": "姓名",
            "note": "",
        },
        "evidence": ["婚姻登记档案"],
    }
    assert (case.blocked_stage, case.discovery_source) == ("accept", "hotline_12345")


def test_a_hall_hides_and_adds_blocking_reasons(team: Team, other_street: HallRef) -> None:
    """C-03: what is hidden is refused here and offered elsewhere."""
    decided(team.ref, "triage.blocking_hidden", ["B2"])
    decided(team.ref, "triage.blocking_added", {"B9": "材料被误收", "Z1": "x", "A1": "y"})
    case = team.registered()

    with pytest.raises(Invalid):
        team.triage(case)
    done = team.triage(case, replace(FINDING, blocking_reason="B9"))
    with hall(other_street):
        elsewhere = desk_codes.blocking_reasons()

    assert done.blocking_reason == "B9"
    assert "B2" in elsewhere
    assert "B9" not in elsewhere


NEW = Judged("no", "no", "cannot", "A1")


def changed(team: Team, case: Case, reason: str = "口径更新", by: Any = None) -> Case:
    with hall(team.ref):
        return triage.change_cause(
            case_id=case.id, version=case.version, given=NEW, reason=reason, by=by or team.desk
        )


def test_a_change_of_cause_keeps_both_judgements_and_the_promises_beginning(team: Team) -> None:
    """C-56: who changed hard to cannot is seen; the promise runs on under the new limit."""
    case = team.in_progress()
    with hall(team.ref):
        before = Deadline.objects.get(case=case, stage="resolve", ended="")

    case = changed(team, case)

    with hall(team.ref):
        line = CaseEvent.objects.get(case=case, kind="cause-change")
        after = Deadline.objects.get(case=case, stage="resolve", ended="")
    assert (line.data["before"]["cause"], line.data["after"]["cause"]) == ("hard", "cannot")
    assert (line.actor_post, line.note) == (team.desk.post_id, "口径更新")
    assert (case.state, case.category, after.category) == ("in_progress", "cannot", "cannot")
    assert (after.started_at, after.owner) == (before.started_at, before.owner)


def test_a_change_without_a_reason_or_a_difference_is_none(team: Team) -> None:
    """C-56: and neither a department nor somebody without sight of it changes it."""
    case = team.in_progress()
    with pytest.raises(Invalid):
        changed(team, case, reason=" ")
    with pytest.raises(Forbidden):
        changed(team, case, by=team.handler)
    with pytest.raises(NotFound):
        changed(team, case, by=staff_in(team.ref, Role.ANALYST))

    with hall(team.ref):
        stored = Case.objects.get(id=case.id)
    assert (stored.cause, stored.version) == (Cause.HARD, case.version)


def _visit(team: Team, **changes: Any) -> None:
    with hall(team.ref):
        given = replace(RECEPTION, outcome=ReceptionOutcome.CONSULT_ONLY, **changes)
        registration.receive(given, by=team.clerk)


def test_the_figures_of_the_intake(team: Team) -> None:
    """M-19: 1 misuse of 3 known histories; one unknown and one exempt are shown apart (C-42).
    C-41: two pushes of one department, one from a window alone. C-74: by kind of applicant."""
    _visit(team, ordinary_window_tried=True, pushed_unit=team.unit, pushed_from="3 号窗口")
    _visit(team, ordinary_window_tried=False, pushed_unit=team.unit)
    _visit(team, ordinary_window_tried=False, exemption="vulnerable", pushed_from="5 号窗口")
    _visit(team, applicant_kind="enterprise")
    today = clock.today()

    with hall(team.ref):
        found = intake_figures.figures(today, today, team.lead)
        with pytest.raises(Forbidden):
            intake_figures.figures(today, today, team.clerk)

    assert found["misuse"] == {"known": 3, "unknown": 1, "exempt": 1, "misuse": 1, "rate": 333}
    assert [(one["unit"] and one["unit"]["name"], one["n"]) for one in found["pushes"]] == [
        ("民政科", 2),
        (None, 1),
    ]
    assert found["kinds"] == [{"code": "person", "n": 3}, {"code": "enterprise", "n": 1}]


def test_changes_and_late_demands_are_counted_by_who_made_them(team: Team) -> None:
    """C-56: from hard to cannot, by name. Nothing known: no rate (§5.1)."""
    changed(team, team.in_progress())
    today = clock.today()

    with hall(team.ref):
        found = intake_figures.figures(today, today, team.lead)

    assert found["cause_changes"] == [
        {"before": "hard", "after": "cannot", "n": 1, "people": [{"name": "测试员", "n": 1}]}
    ]
    assert found["misuse"]["rate"] is None
    assert found["dispatch"]["n"] == 1


def test_a_section_reads_the_visits_that_are_its_business(team: Team) -> None:
    """C-31: the department's people read receptions of their section, and no others."""
    from apps.cases import queries

    _visit(team, pushed_unit=team.unit)
    _visit(team)

    with hall(team.ref):
        theirs = list(queries.receptions(team.handler))
        all_of_them = queries.receptions(team.desk).count()
        other = staff_in(team.ref, Role.DEPT_HANDLER)
        nobodys = queries.receptions(other).count()

    assert [one.section for one in theirs] == [UUID(str(team.unit))]
    assert (all_of_them, nobodys) == (2, 0)
    assert FINDING.should_do is Answer.YES
