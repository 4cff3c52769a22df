"""What becomes of work when its case ends (domain.md §2.7)."""

import pytest

from apps.cases.errors import ClosingIncomplete
from apps.cases.models import Case, Deadline
from apps.cases.rules import Outcome
from apps.work.models import WorkItem
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support.cases import Team
from tests.support.work import begin, bodies, take

pytestmark = pytest.mark.django_db


def test_an_open_promise_stands_in_the_way(district: HallRef) -> None:
    """§2.7: the checklist names what is still under way; nothing changes."""
    team = Team(district)
    case = team.called_back()
    kinds = bodies(team.unit, team.unit)
    item = begin(district, case, "deferred", kinds["deferred"], team.desk)[0]
    with hall(district):
        case.refresh_from_db()

    with pytest.raises(ClosingIncomplete) as refusal:
        team.close(case, Outcome.DONE)
    take(district, item, "cancel", {"reason": "已补齐原件"}, by=team.desk)
    with hall(district):
        case.refresh_from_db()
    closed = team.close(case, Outcome.DONE)

    assert "work" in refusal.value.params["missing"]
    assert closed.state == "closed"


def test_what_was_only_asked_is_asked_no_more(district: HallRef) -> None:
    """C-65: an opinion nobody needs any more is dropped with its clock, on the record."""
    team = Team(district)
    case = team.called_back()
    kinds = bodies(team.unit, team.unit)
    item = begin(district, case, "opinion", kinds["opinion"], team.desk)[0]
    with hall(district):
        case.refresh_from_db()

    team.close(case, Outcome.DONE)

    with hall(district):
        kept = WorkItem.objects.get(id=item.id)
        running = Deadline.objects.filter(case=case, ended="").count()
        dropped = AuditEntry.objects.filter(body__action="work.dropped").count()
        assert Case.objects.get(id=case.id).due_at is None
    assert (kept.state, kept.open, running, dropped) == ("dropped", False, 0, 1)
