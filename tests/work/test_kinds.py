"""Every kind is begun, moved and ended by the people its file names."""

import pytest

from apps.cases.models import Case, CaseEvent, Deadline
from apps.work.errors import CaseEnded
from apps.work.kinds import BY_HAND, KINDS
from apps.work.models import WorkItem
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support.cases import Team
from tests.support.people import department_in, staff_in
from tests.support.work import begin, bodies

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", BY_HAND)
def test_each_kind_begins_with_history_audit_and_its_clock(code: str, district: HallRef) -> None:
    """C-04 … C-89: what is begun stands under its case, is told, and is timed."""
    team = Team(district)
    case = team.dispatched()
    helper = staff_in(district, Role.ASSISTANT)
    asked = department_in(district, "不动产科")

    assert helper.post_id is not None
    item = begin(district, case, code, bodies(asked, helper.post_id)[code], team.lead)[0]

    with hall(district):
        case.refresh_from_db()
        event = CaseEvent.objects.filter(case=case).latest("seq")
        clocks = list(Deadline.objects.filter(case=case, item=item.id, ended=""))
        audited = AuditEntry.objects.order_by("-seq").first()
    kind = KINDS[code]
    timed = kind.stage is not None and kind.clock_from_start
    assert (item.seq, item.kind, item.state) == (1, code, kind.begins)
    assert (event.kind, case.state) == (f"work.{code}", "dispatched")
    assert event.data["items"] == [str(item.id)]
    assert [clock.stage for clock in clocks] == ([kind.stage] if timed else [])
    assert audited is not None
    assert audited.body["action"] == f"cases.work.{code}"


def test_the_kinds_are_those_that_the_list_of_capabilities_asks_for() -> None:
    """C-04 C-05 C-07 C-08 C-09 C-12 C-14 C-16 C-17 C-35 C-63 … C-66 C-78 C-89."""
    assert set(KINDS) == {
        "assist",
        "evidence",
        "task_force",
        "external",
        "contact_note",
        "deferred",
        "resolution",
        "video",
        "evidence_check",
        "home_visit",
        "grey_study",
        "filing",
        "opinion",
        "gov_escalation",
        "notice_commitment",
        "consent",
    }


@pytest.mark.parametrize("code", KINDS)
def test_every_way_through_a_kind_leads_to_a_known_state(code: str) -> None:
    """A newcomer reads the table: each step leaves from and leads to states that the kind has."""
    kind = KINDS[code]
    reached = {kind.begins} | {to for step in kind.steps for to in step.moves.values()}
    left = {state for step in kind.steps for state in step.moves}

    assert left <= reached | kind.ends
    assert reached - left <= kind.ends


def test_nothing_is_begun_under_a_closed_case(district: HallRef) -> None:
    team = Team(district)
    case = team.closed()

    with pytest.raises(CaseEnded):
        begin(district, case, "filing", bodies(team.unit, team.unit)["filing"], team.lead)

    with hall(district):
        assert (WorkItem.objects.count(), Case.objects.get(id=case.id).version) == (
            0,
            case.version,
        )
