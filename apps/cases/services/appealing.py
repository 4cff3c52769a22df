"""Internal re-examination of a result, by somebody who had no part in it (C-60, domain.md §3.9)."""

from uuid import UUID

from django.db import transaction

from apps.cases.accountability import limits
from apps.cases.accountability.kept import Asked, Request, open_requests
from apps.cases.accountability.remedy_dates import reexamination_until
from apps.cases.details import Named
from apps.cases.errors import AppealLimit, AppealPending, AppealTooLate, StepNotAllowed
from apps.cases.models import Case, CaseEvent
from apps.cases.rules import MOVES, Stage, State, Step
from apps.cases.services import asking
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.closing import begin_again
from apps.cases.services.moving import line, move, take
from apps.notices import services as notices
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import NotFound

CHANGE = "change"
_NO_PART = ("registered", "reveal", Step.APPEAL.verb)


@transaction.atomic
def appeal(*, case_id: UUID, version: int, grounds: str, by: Actor) -> Case:
    """The desk writes down that the person wants the result examined again.

    Raises AppealPending, AppealTooLate, AppealLimit.
    """
    return _put(take(case_id, version, Step.APPEAL, by), grounds, by)


@transaction.atomic
def appeal_by_citizen(*, case_id: UUID, grounds: str, by: Actor) -> Case:
    """The person asks on the tracking page; the caller has checked number and code.

    Raises NotFound, StepNotAllowed, AppealPending, AppealTooLate, AppealLimit.
    """
    case = Case.objects.select_for_update().filter(id=case_id).order_by("id").first()
    if case is None:
        raise NotFound
    if (State(case.state), Step.APPEAL) not in MOVES:
        raise StepNotAllowed(state=case.state, step=Step.APPEAL.verb, allowed=[])
    if open_requests(case.asked, Request.APPEAL):
        raise AppealPending
    return _put(case, grounds, by)


def _put(case: Case, grounds: str, by: Actor) -> Case:
    _require_open(case)
    asked = Asked(
        id=ids.new_id(),
        kind=Request.APPEAL,
        text=grounds,
        by=Named(by.post_id, "" if by.kind == "citizen" else by.name),
        to=None,
        at=clock.now(),
        parties=_parties(case),
    )
    case.asked = [*case.asked, asked.as_json()]
    clocks = Clocks.of(case)
    clocks.start(Stage.APPEAL, desk())
    note = notices.Note("cases.appeal", "case", case.id, case.number)
    examiners = (Role.SHIFT_LEAD, Role.HALL_ADMIN, Role.SUPERVISOR)
    notices.tell(note, to=notices.To(roles=examiners), by=by)
    return move(case, line(Step.APPEAL, grounds, asked), by, clocks=clocks)


def _require_open(case: Case) -> None:
    """In time, and not examined as often as it may be."""
    if case.delivered_at is None:
        raise StepNotAllowed(state=case.state, step=Step.APPEAL.verb, allowed=[])
    until = reexamination_until(case.delivered_at)
    if clock.today() > until:
        raise AppealTooLate(until=until.isoformat())
    if times(case) >= limits.appeals():
        raise AppealLimit(limit=limits.appeals())


def times(case: Case) -> int:
    """How often this result was appealed against."""
    rows = CaseEvent.objects.filter(case=case, kind=Step.APPEAL.verb)
    return rows.filter(at__gte=case.delivered_at).count()


def _parties(case: Case) -> tuple[UUID, ...]:
    """Everybody who took a step in the case; registering it is none."""
    rows = CaseEvent.objects.filter(case=case, actor_post__isnull=False).exclude(kind__in=_NO_PART)
    posts = rows.order_by("actor_post").values_list("actor_post", flat=True).distinct()
    return tuple(post for post in posts if post)


@transaction.atomic
def answer(*, case_id: UUID, version: int, decision: str, note: str, by: Actor) -> Case:
    """Uphold the result, or change it: then the case begins again.

    Raises NotAsked, NotIndependent.
    """
    step = Step.APPEAL_CHANGE if decision == CHANGE else Step.APPEAL_UPHOLD
    case = take(case_id, version, step, by)
    one, unit = open_requests(case.asked, Request.APPEAL)[0], case.lead_unit
    detail, clocks = asking.answered(case, one, decision), Clocks.of(case)
    clocks.stop(Stage.APPEAL)
    if step is Step.APPEAL_CHANGE:
        begin_again(case, clocks, by)
    asking.tell_asker(case, one, decision, by)
    return move(case, line(step, note, detail), by, clocks=clocks, units=[unit])
