"""The part of a case's body that the intake and the triage filled in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.cases import permissions
from apps.cases.intake import limits as intake_limits
from apps.cases.intake.link_kinds import LinkKind
from apps.cases.models import Applicant, Case
from apps.cases.rules import Outcome, State
from apps.staff import permissions as staff
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

Json = dict[str, Any]
_FURTHER = ("link", "one-time-notice", "contact-data", "routing")


def part(case: Case, open_links: Sequence[Json], by: Actor) -> Json:
    """What was told, how often the person came, notices of missing material, linked cases."""
    links = _linked(case, open_links, by)
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


def _told(case: Case) -> Json | None:
    """None for a case that came by referral: nothing was told at this desk."""
    return case.intake or None


def _visits(case: Case) -> Json:
    known = case.visits_known
    alert = known is not None and known >= intake_limits.third_visit()
    return {"told": case.visit_count, "known": known, "alert": alert}


def _representative(applicant: Applicant, by: Actor, case: Case) -> Json | None:
    if applicant.agent_name_sealed is None or not permissions.sees_identity(by, case):
        return None
    return {
        "name": applicant.agent_name_mask,
        "phone": applicant.agent_phone_mask,
        "id_number": applicant.agent_id_mask or None,
        "authority": applicant.authority,
    }


def _linked(case: Case, links: Sequence[Json], by: Actor) -> list[Json]:
    """Open links from and to the case, each with the other case, where the asker may see it. No
    query, one where the case is linked."""
    if not links:
        return []
    ends = {UUID(row[end]) for row in links for end in ("case_id", "other_id")}
    seen = permissions.visible_to(by).filter(id__in=ends - {case.id})
    others: dict[str, Json] = {
        str(row["id"]): dict(row) for row in seen.values("id", "number", "title", "state")
    }
    return [one for row in links if (one := _link(row, str(case.id), others))]


def _link(row: Json, case_id: str, others: Mapping[str, Json]) -> Json | None:
    outgoing = row["case_id"] == case_id
    other = others.get(row["other_id"] if outgoing else row["case_id"])
    if other is None:
        return None
    return {
        "id": row["id"],
        "kind": row["kind"],
        "direction": "out" if outgoing else "in",
        "case": other,
        "note": row["note"] or None,
        "at": datetime.fromisoformat(row["at"]).astimezone(clock.ZONE),
        "by": row["by_name"],
        "undo_until": row["until"] if outgoing else None,
    }


def _merged_into(case: Case, links: list[Json]) -> Json | None:
    if case.outcome != Outcome.MERGED:
        return None
    wanted = (LinkKind.MERGED_INTO.value, "out")
    return next((one for one in links if (one["kind"], one["direction"]) == wanted), None)


def _minutes_to_dispatch(case: Case) -> int | None:
    """Whole minutes from the registration to the newest dispatch (C-39)."""
    if case.dispatched_at is None:
        return None
    return int((case.dispatched_at - case.registered_at).total_seconds() // 60)


def _may(case: Case, by: Actor, links: list[Json]) -> list[str]:
    """What the asker may do here beside the steps."""
    if case.state == State.CLOSED:
        wanted = ["unmerge", "link"] if _merged_into(case, links) else ["link"]
    else:
        wanted = list(_FURTHER)
    found = [one for one in wanted if staff.may(by, f"cases.{one}")]
    if case.state == State.REGISTERED and case.service_item and staff.may(by, "cases.dispatch"):
        found.append("dispatch-at-once")
    return found
