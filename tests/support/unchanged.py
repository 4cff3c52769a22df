"""A refused request leaves everything as it was."""

from typing import Any

from apps.cases.models import Case, CaseEvent, Deadline
from bancheng.kernel.hall import hall
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live.models import LiveEvent
from tests.support.cases import Team
from tests.support.clients import Caller


def snapshot(team: Team, case: Case) -> Any:
    """The case, and how much there is of everything that a step writes."""
    with hall(team.ref):
        return (
            Case.objects.values().get(id=case.id),
            CaseEvent.objects.count(),
            list(Deadline.objects.order_by("id").values()),
            AuditEntry.objects.count(),
            LiveEvent.objects.count(),
        )


def refused(caller: Caller, team: Team, case: Case, step: str, body: Any, **how: Any) -> Any:
    """The status and the problem of a step that changes nothing."""
    before = snapshot(team, case)
    how.setdefault("version", case.version)
    answer = caller.post(f"cases/{case.id}/{step}", body, **how)
    assert snapshot(team, case) == before
    return answer.status_code, answer.json()
