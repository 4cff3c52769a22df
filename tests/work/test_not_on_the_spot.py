"""C-15: what cannot be answered on the spot goes to a joint meeting, and the person knows when."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from apps.cases import tracking
from apps.work.errors import NoAgenda
from apps.work.meeting_file import Proposed
from apps.work.models import Meeting
from apps.work.services import meetings
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import department_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in the hall


def test_a_triaged_case_goes_to_a_meeting_and_its_citizen_reads_by_when(district: HallRef) -> None:
    """C-15: no unit has it yet; 5 working days from Monday 16 are Monday 23 November 2026."""
    team = Team(district)
    other = department_in(district, "不动产科")
    body = {"topic": "由谁出同名证明", "units": [str(team.unit), str(other)]}
    with clock.frozen(MONDAY):
        case = team.triaged()
        before = _tracked(district, case.id)
        answer = caller_for(district, team.desk).post("meetings", body | {"cases": [str(case.id)]})

    shown = answer.json()
    assert answer.status_code == 201
    assert [one["id"] for one in shown["agenda"]] == [str(case.id)]
    assert shown["lead_unit"]["id"] == str(team.unit)
    assert shown["deadline"]["due_on"] == "2026-11-23"
    after = _tracked(district, case.id)
    assert before is not None
    assert after is not None
    assert before.meeting_by is None
    assert str(after.meeting_by) == "2026-11-23"


def test_a_sealed_file_goes_to_no_meeting(district: HallRef) -> None:
    """C-13, C-15: neither on an agenda nor on its citizen's page."""
    team = Team(district)
    with hall(district):
        case = team.triaged()
        type(case).objects.filter(id=case.id).update(sealed=True)
        wanted = Proposed("x", (case.id,), (team.unit,))
        with pytest.raises(NoAgenda):
            meetings.propose(wanted=wanted, by=team.desk)

        assert not Meeting.objects.exists()
        found = tracking.tracked(case.id)
    assert found is not None
    assert found.meeting_by is None


def _tracked(ref: HallRef, case_id: UUID) -> tracking.Tracked | None:
    with hall(ref):
        return tracking.tracked(case_id)
