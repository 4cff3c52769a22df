"""Everything about one case, in the shape of the API. Sealed fields stay masked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.cases import lines, permissions, queries, way_back
from apps.cases.accountability import body as accountability_body
from apps.cases.intake import body as intake_body
from apps.cases.models import Applicant, Case, Deadline, Reception
from apps.cases.timekeeping import body as time_body
from apps.cases.timekeeping.cards import Clock, card_of
from apps.windows import queries as windows
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound


def case_of(case_id: UUID, by: Actor) -> Case:
    """A visible case with applicant and reception; raises NotFound."""
    permissions.require(by, "cases.read")
    rows = permissions.visible_to(by).select_related("applicant", "reception")
    found = rows.filter(id=case_id).first()
    if found is None:
        raise NotFound
    return found


def closing_checklist(case_id: UUID, outcome: str, by: Actor) -> dict[str, Any]:
    """What is there and what is missing to end a visible case; raises NotFound."""
    return accountability_body.closing(case_of(case_id, by), outcome)


def with_relations(case: Case) -> Case:
    """A case that a step just changed, with applicant and reception; one query or none."""
    if not Case.applicant.is_cached(case):
        applicant = Applicant.objects.select_related("case__reception").get(case_id=case.id)
        case.reception, applicant.case = applicant.case.reception, case
    return case


def detail(case: Case, by: Actor) -> dict[str, Any]:
    """A case with its triage, person, clocks, history and what the asker can do next."""
    identity = permissions.sees_identity(by, case)
    deadlines = _kept(case)
    return queries.summary(case, _running(deadlines), by) | {
        "detail": case.detail,
        "want": case.want,
        "service_item": _item(case),
        "blocked_stage": case.blocked_stage or None,
        "wanted_by": case.wanted_by,
        "reception": _reception(case.reception),
        "triage": _triage(case),
        "applicant": _applicant(case.applicant, shown=identity),
        "assist_units": accountability_body.assist_units(case),
        "accountability": accountability_body.part(case, by),
        "handler": queries.named(case.handler_post, case.handler_name),
        "reply": case.reply,
        "answer": case.answer or None,
        "deadlines": _deadlines(case, deadlines),
        "timeline": lines.shown(case),
        "allowed_steps": permissions.allowed_steps(by, case),
        "undo_until": way_back.until(case, by),
        "outcome": case.outcome or None,
        "satisfaction": case.satisfaction,
        "refusal": _refusal(case.refusal),
        "visit_count": case.visit_count,
        "pushed_from": case.pushed_from or None,
        "return_count": case.return_count,
        "reopen_count": case.reopen_count,
        "tracking_number": case.number,
        **intake_body.part(case, by),
        **{name: getattr(case, name) for name in _MOMENTS},
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


def _kept(case: Case) -> list[Deadline]:
    """All clocks that ran to their end or still run."""
    rows = Deadline.objects.filter(case=case).exclude(ended="dropped")
    return list(rows.order_by("started_at", "id"))


def _running(deadlines: list[Deadline]) -> list[Clock]:
    return [
        Clock(*(getattr(row, name) for name in Clock.__slots__))
        for row in deadlines
        if not row.ended
    ]


def _deadlines(case: Case, rows: list[Deadline]) -> list[dict[str, Any]]:
    """A finished clock shows the colour it ended with."""
    timing, now = calendar.timekeeping(), clock.now()
    return [
        {
            "id": row.id,
            "stage": row.stage,
            "owner": {"id": row.owner, "name": row.owner_name},
            "started_at": row.started_at,
            "card": card_of(row, row.done_at or now, timing, reopened=case.reopen_count).word,
            "provisional": row.provisional,
            "rule": row.rule,
            **time_body.of_clock(row),
        }
        for row in rows
    ]


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
        "at": kept.at,
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
        "taken_at": kept.ticket_taken_at,
        "called_at": kept.ticket_called_at,
        "wait_seconds": kept.wait_seconds,
        "window": queries.named(kept.window_id, kept.window_name),
    }
