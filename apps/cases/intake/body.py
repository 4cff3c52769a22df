"""The part of a case's body that the intake and the triage filled in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from apps.cases import permissions
from apps.cases.intake import limits as intake_limits
from apps.cases.intake.link_kinds import LinkKind
from apps.cases.models import Applicant, Case, CaseLink
from apps.cases.rules import Outcome, State
from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor

_FURTHER = ("link", "one-time-notice", "contact-data", "routing")


def part(case: Case, by: Actor) -> dict[str, Any]:
    """What was told, how often the person came, notices of missing material, linked cases."""
    links = linked(case, by)
    return {
        "told": _told(case),
        "discovery_source": case.discovery_source or None,
        "diagnosis": case.diagnosis,
        "repeat": case.repeat,
        "visits": _visits(case),
        "material_notices": case.material_notices,
        "representative": _representative(case.applicant, by, case),
        "links": links,
        "merged_into": _merged_into(case, links),
        "minutes_to_dispatch": _minutes_to_dispatch(case),
        "intake_steps": _may(case, by, links),
    }


def _told(case: Case) -> dict[str, Any] | None:
    """None for a case that came by referral: nothing was told at this desk."""
    return case.intake or None


def _visits(case: Case) -> dict[str, Any]:
    known = case.visits_known
    alert = known is not None and known >= intake_limits.third_visit()
    return {"told": case.visit_count, "known": known, "alert": alert}


def _representative(applicant: Applicant, by: Actor, case: Case) -> dict[str, Any] | None:
    if applicant.agent_name_sealed is None or not permissions.sees_identity(by, case):
        return None
    return {
        "name": applicant.agent_name_mask,
        "phone": applicant.agent_phone_mask,
        "id_number": applicant.agent_id_mask or None,
        "authority": applicant.authority,
    }


def linked(case: Case, by: Actor) -> list[dict[str, Any]]:
    """Open links from and to the case, each with the other case, where the asker may see it."""
    rows = CaseLink.objects.filter(
        Q(case_id=case.id) | Q(other_id=case.id), ended_at__isnull=True
    ).order_by("at", "id")
    found = list(rows)
    if not found:
        return []
    ids = {row.other_id if row.case_id == case.id else row.case_id for row in found}
    seen = permissions.visible_to(by).filter(id__in=ids)
    others = {row["id"]: row for row in seen.values("id", "number", "title", "state")}
    return [one for row in found if (one := _link(row, case.id, others))]


def _link(
    row: CaseLink, case_id: UUID, others: Mapping[UUID, Mapping[str, Any]]
) -> dict[str, Any] | None:
    outgoing = row.case_id == case_id
    other = others.get(row.other_id if outgoing else row.case_id)
    if other is None:
        return None
    return {
        "id": row.id,
        "kind": row.kind,
        "direction": "out" if outgoing else "in",
        "case": other,
        "note": row.note or None,
        "at": row.at,
        "by": row.by_name,
        "undo_until": (row.kept or {}).get("until") if outgoing else None,
    }


def _merged_into(case: Case, links: list[dict[str, Any]]) -> dict[str, Any] | None:
    if case.outcome != Outcome.MERGED:
        return None
    wanted = (LinkKind.MERGED_INTO.value, "out")
    return next((one for one in links if (one["kind"], one["direction"]) == wanted), None)


def _minutes_to_dispatch(case: Case) -> int | None:
    """Whole minutes from the registration to the newest dispatch (C-39)."""
    if case.dispatched_at is None:
        return None
    return int((case.dispatched_at - case.registered_at).total_seconds() // 60)


def _may(case: Case, by: Actor, links: list[dict[str, Any]]) -> list[str]:
    """What the asker may do here beside the steps."""
    if case.state == State.CLOSED:
        wanted = ["unmerge", "link"] if _merged_into(case, links) else ["link"]
    else:
        wanted = list(_FURTHER)
    found = [one for one in wanted if staff.may(by, f"cases.{one}")]
    if case.state == State.REGISTERED and case.service_item and staff.may(by, "cases.dispatch"):
        found.append("dispatch-at-once")
    return found
