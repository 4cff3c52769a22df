"""Everything about one case, in the shape of the API: plain dictionaries, written as they are.

Sealed fields stay masked. Moments are in the hall's time, as every serializer shows them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.cases import lines, opened, permissions, queries, way_back
from apps.cases.accountability import body as accountability_body
from apps.cases.intake import body as intake_body
from apps.cases.models import Applicant, Case, Reception
from apps.cases.opened import Opened
from apps.cases.timekeeping import body as time_body
from apps.cases.timekeeping import kept as clocks
from apps.windows import queries as windows
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound


def read(case_id: UUID, by: Actor) -> dict[str, Any]:
    """A visible case with all there is to know of it, in two statements; raises NotFound. One more
    for a reception with a number, for links, for a step that can still be taken back."""
    permissions.require(by, "cases.read")
    return _detail(opened.seen(case_id, by), by)


def detail(case: Case, by: Actor) -> dict[str, Any]:
    """The same of a case that a step just changed, whoever may see it."""
    return _detail(opened.at_hand(case), by)


def closing_checklist(case_id: UUID, outcome: str, by: Actor) -> dict[str, Any]:
    """What is there and what is missing to end a visible case; raises NotFound."""
    permissions.require(by, "cases.read")
    case = permissions.visible_to(by).filter(id=case_id).first()
    if case is None:
        raise NotFound
    return accountability_body.closing(case, outcome)


def _detail(found: Opened, by: Actor) -> dict[str, Any]:
    """With its triage, person, clocks, history and what the asker can do next."""
    case, around = found.case, found.around
    return queries.summary(case, clocks.running(around.clocks), by) | {
        "detail": case.detail,
        "want": case.want,
        "service_item": _item(case),
        "blocked_stage": case.blocked_stage or None,
        "wanted_by": case.wanted_by,
        "reception": _reception(case.reception),
        "triage": _triage(case),
        "applicant": _applicant(case.applicant, shown=permissions.sees_identity(by, case)),
        "assist_units": accountability_body.assist_units(case),
        "accountability": accountability_body.part(case, by),
        "handler": queries.named(case.handler_post, case.handler_name),
        "reply": case.reply,
        "answer": case.answer or None,
        "deadlines": clocks.shown(case, around.clocks),
        "timeline": lines.shown(around.lines),
        "allowed_steps": permissions.allowed_steps(by, case),
        "undo_until": clock.local(way_back.until(case, by)),
        "outcome": case.outcome or None,
        "satisfaction": case.satisfaction,
        "refusal": _refusal(case.refusal),
        "visit_count": case.visit_count,
        "pushed_from": case.pushed_from or None,
        "return_count": case.return_count,
        "reopen_count": case.reopen_count,
        "tracking_number": case.number,
        **intake_body.part(case, around.links, by),
        **{name: clock.local(getattr(case, name)) for name in _MOMENTS},
        **time_body.of_case(case),
    }


_MOMENTS = ("dispatched_at", "replied_at", "delivered_at", "called_back_at", "closed_at")


def _item(case: Case) -> dict[str, str] | None:
    if not case.service_item:
        return None
    return {"code": case.service_item, "name": case.service_item_name}


def _triage(case: Case) -> dict[str, str] | None:
    if not case.cause:
        return None
    return {
        "should_do": case.should_do,
        "can_do": case.can_do,
        "cause": case.cause,
        "blocking_reason": case.blocking_reason,
        "difficulty": case.difficulty,
        "note": case.triage_note,
    }


def _applicant(applicant: Applicant, *, shown: bool) -> dict[str, Any]:
    return {
        "name": applicant.name_mask if shown else "",
        "phone": applicant.phone_mask if shown else "",
        "id_number": applicant.id_mask or None if shown else None,
        "kind": applicant.kind,
        "relation": applicant.relation,
        "enterprise_name": applicant.enterprise_name or None if shown else None,
    }


def _refusal(kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not kept:
        return None
    return {**kept, "proposed_by": kept.get("proposer")}


def _reception(kept: Reception | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    return reception(kept) | {"service_seconds": _service_seconds(kept)}


def _service_seconds(kept: Reception) -> int | None:
    """The ticket's service is still running when the reception is written down."""
    if kept.ticket_id is None:
        return None
    try:
        return windows.snapshot(kept.ticket_id).service_seconds
    except NotFound:
        return None


def reception(kept: Reception) -> dict[str, Any]:
    """A reception in the shape of the API."""
    return {
        "id": kept.id,
        "at": clock.local(kept.at),
        "first_responder": {"id": kept.first_responder_post, "name": kept.first_responder_name},
        "ticket": _ticket(kept),
        "matter": kept.matter,
        "service_item": kept.service_item or None,
        "applicant_kind": kept.applicant_kind,
        "tried_windows": kept.tried_windows,
        "visit_count": kept.visit_count,
        "ordinary_window_tried": kept.ordinary_window_tried,
        "exemption": kept.exemption or None,
        "misuse": kept.ordinary_window_tried is False and not kept.exemption,
        "pushed_from": kept.pushed_from or None,
        "outcome": kept.outcome,
        "reason_code": kept.reason_code or None,
        "right_channel": kept.right_channel or None,
        "answer": kept.answer or None,
        "push": kept.push,
        "slip": kept.slip,
        "merged_case": kept.merged_case,
        "visits_known": kept.visits_known,
        "version": kept.version,
    }


def _ticket(kept: Reception) -> dict[str, Any] | None:
    if kept.ticket_id is None:
        return None
    return {
        "id": kept.ticket_id,
        "number": kept.ticket_number,
        "taken_at": clock.local(kept.ticket_taken_at),
        "called_at": clock.local(kept.ticket_called_at),
        "wait_seconds": kept.wait_seconds,
        "window": queries.named(kept.window_id, kept.window_name),
    }
