"""Where a case belongs and who may decide it, for the dispatch and referral forms (C-39, C-84)."""

from typing import Any
from uuid import UUID

from apps.cases import permissions
from apps.cases.accountability import sections
from apps.cases.intake import candidates
from apps.cases.intake import limits as intake_limits
from apps.cases.intake.candidates import Candidate
from apps.cases.models import Case
from bancheng.city.catalogue import authority
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound


def of_case(case_id: UUID, by: Actor) -> dict[str, Any]:
    """The proposal for a visible case, all who decide its item, and other evidence for it.

    `repeats` counts the same person's same matter before; from a number on nobody but a chief
    reviewer answers it without handling it again (济南市12345条例 25).
    """
    case = _visible(case_id, by)
    way = sections.route(case.service_item)
    repeats = candidates.repeats_of(case, by)
    return {
        "why": way.why,
        "unit": way.unit,
        "hall": way.hall,
        "deciders": way.deciders,
        "evidence": authority.evidence(case.service_item) if case.service_item else [],
        "repeats": repeats,
        "reserved": repeats >= intake_limits.repeat_review(),
    }


def candidates_of(case_id: UUID, by: Actor) -> list[Candidate]:
    """Visible cases that a case may be merged into or linked with."""
    return candidates.of_case(_visible(case_id, by), by)


def _visible(case_id: UUID, by: Actor) -> Case:
    permissions.require(by, "cases.routing")
    case = permissions.visible_to(by).filter(id=case_id).first()
    if case is None:
        raise NotFound
    return case
