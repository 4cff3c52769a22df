"""Two cases of the same person and matter become one (并案, domain.md §2.1), and apart again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.accountability import hooks
from apps.cases.intake import candidates
from apps.cases.intake import limits as intake_limits
from apps.cases.intake.details import Kept, Linked
from apps.cases.intake.errors import CannotMerge, NotMerged, UndoTooLate, WorkUnderWay
from apps.cases.intake.link_kinds import LinkKind
from apps.cases.models import Case, CaseLink, Deadline
from apps.cases.rules import Outcome, State, Step
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, line, move
from apps.staff import permissions as staff
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.notation import parse_rule
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, NotFound, Stale


@transaction.atomic
def merge(*, case_id: UUID, version: int, into: UUID, note: str, by: Actor) -> Case:
    """End a case as merged into another open one; it points there and can be taken out again.

    Both are locked in the order of their ids. The other case goes on under its own clocks.
    Raises Invalid for a case the actor may not see, CannotMerge, WorkUnderWay.
    """
    case, other = _both(case_id, into, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require_step(by, case, Step.MERGE)
    if other is None:
        raise Invalid(errors={"into": ["unknown"]})
    _require_mergeable(case, other, by)
    clocks = Clocks.of(case)
    running = Deadline.objects.filter(case=case, ended="").order_by("id")
    kept = Kept(case.state, tuple(running.values_list("id", flat=True)), case.due_at, _undo_until())
    CaseLink.objects.create(
        case=case,
        other=other,
        kind=LinkKind.MERGED_INTO,
        note=note,
        by_name=by.name,
        kept=kept.as_json(),
    )
    clocks.drop_all()
    case.outcome, case.closed_at = Outcome.MERGED, clocks.at
    move(case, line(Step.MERGE, note, _linked(other)), by, clocks=clocks)
    move(other, Line("merged_in", None, note, _linked(case)), by, clocks=Clocks.of(other))
    return case


@transaction.atomic
def unmerge(*, case_id: UUID, version: int, note: str, by: Actor) -> Case:
    """Take a merged case out again: its state, its clocks and their due times as they were.

    Raises NotMerged, UndoTooLate after the working days that the hall allows.
    """
    found = _merge_of(case_id, by)
    case, other = _both(case_id, found.other_id if found else case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require(by, "cases.unmerge")
    if found is None or case.outcome != Outcome.MERGED:
        raise NotMerged
    kept: dict[str, Any] = found.kept or {}
    if clock.today() > date.fromisoformat(kept["until"]):
        raise UndoTooLate(until=kept["until"])
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    _restore(case, kept)
    beside = other or Case.every.get(id=found.other_id)
    apart = Line("unmerge", None, note, _linked(beside), before=State.CLOSED)
    move(case, apart, by, clocks=Clocks.of(case))
    if other is not None:
        left = Line("merged_out", None, note, _linked(case))
        move(other, left, by, clocks=Clocks.of(other))
    return case


def _both(case_id: UUID, other_id: UUID, by: Actor) -> tuple[Case, Case | None]:
    """The case and the other, if visible; locked in one order. Raises NotFound for the first."""
    wanted = permissions.visible_to(by).filter(id__in=[case_id, other_id])
    rows = {case.id: case for case in wanted.select_for_update().order_by("id")}
    if case_id not in rows:
        raise NotFound
    return rows[case_id], rows.get(other_id)


def _require_mergeable(case: Case, other: Case, by: Actor) -> None:
    """Only an open case takes another in. A matter that came so often that a chief reviewer
    decides may rest in the one that answered it, and then nobody handles it again (§2.5)."""
    why = ""
    if case.id == other.id:
        why = "same_case"
    elif other.state == State.CLOSED and not _for_the_chief(case, by):
        why = "other_closed"
    elif case.letter_in is not None or case.letter_live:
        why = "referred"
    elif case.resume_at is not None:
        why = "paused"
    if why:
        raise CannotMerge(why=why, number=other.number)
    if open_work := hooks.blockers(case.id):
        raise WorkUnderWay(work=[one.title for one in open_work])


def _for_the_chief(case: Case, by: Actor) -> bool:
    often = candidates.repeats_of(case, by) >= intake_limits.repeat_review()
    return often and staff.may(by, "cases.no-further")


def _merge_of(case_id: UUID, by: Actor) -> CaseLink | None:
    visible = permissions.visible_to(by).filter(id=case_id)
    rows = CaseLink.objects.filter(
        case__in=visible, kind=LinkKind.MERGED_INTO, ended_at__isnull=True
    )
    return rows.order_by("-at").first()


def _restore(case: Case, kept: dict[str, Any]) -> None:
    """The case stands where it stood; its clocks run on as if they had never been dropped."""
    case.state, case.outcome, case.closed_at = State(kept["state"]), "", None
    case.due_at = datetime.fromisoformat(kept["due_at"]) if kept["due_at"] else None
    Deadline.objects.filter(case=case, id__in=kept["deadlines"]).update(ended="", done_at=None)


def _undo_until() -> date:
    """The last day on which the merge can be undone, in working days."""
    days = intake_limits.undo_merge_days()
    if days == 0:
        return clock.today()
    timing = calendar.timekeeping()
    return due(clock.now(), parse_rule(f"WD+{days}"), timing.calendar, timing.hours).due_on


def _linked(other: Case) -> Linked:
    return Linked(LinkKind.MERGED_INTO, other.id, other.number)
