"""What becomes of pieces of work when their case ends (domain.md §2.7)."""

from uuid import UUID

from apps.cases.accountability import hooks
from apps.cases.accountability.hooks import Blocker
from apps.work.kinds import KINDS
from apps.work.models import WorkItem
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit

_BLOCKING = [code for code, kind in KINDS.items() if kind.on_close == "blocks"]
DROPPED = "dropped"


@hooks.blocks_closing
def open_blockers(case_id: UUID) -> list[Blocker]:
    """The open pieces of work that have to end before their case does."""
    rows = WorkItem.objects.filter(case_id=case_id, open=True, kind__in=_BLOCKING)
    found = rows.order_by("seq").values_list("kind", "id", "title")
    return [Blocker(*row) for row in found]


@hooks.ends_with_its_case
def end_items(case_id: UUID, by: Actor) -> int:
    """What is still open is asked no more; how many. The case's lock is held, its clocks are
    dropped."""
    rows = WorkItem.objects.select_for_update().filter(case_id=case_id, open=True).order_by("id")
    for item in rows:
        item.state, item.open, item.ended_at = DROPPED, False, clock.now()
        item.version += 1
        item.save(force_update=True)
        detail = {"kind": item.kind, "case": str(case_id)}
        audit.record("work.dropped", subject="work", subject_id=item.id, by=by, detail=detail)
    return len(rows)
