"""The page of one case in the shape of the API (domain.md §4.1: what an applicant sees)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from apps.attachments import queries as files
from apps.cases import tracking
from apps.cases.accountability import limits
from apps.cases.rules import remedies
from apps.cases.tracking import Milestone
from apps.portal.errors import NotFound
from bancheng.city.catalogue import queries as catalogue


def page(case_id: UUID) -> dict[str, Any]:
    """Progress, promise, the accountable person, the answer; raises NotFound."""
    found = tracking.tracked(case_id)
    if found is None:
        raise NotFound
    body = {
        "number": found.number,
        "title": found.title,
        "state": found.state,
        "steps": _steps(found.milestones),
        "promised_on": found.promised_on,
        "meeting_by": found.meeting_by,
        "first_promised_on": found.first_promised_on,
        "paused": asdict(found.paused) if found.paused else None,
        "extension_note": found.extension_note,
        "identity_seen": found.identity_seen,
        "words": asdict(found.words),
        "files": files.for_citizens(open_=found.words.open),
        "responsible": {"unit": found.responsible_unit, "name": found.responsible_name},
    }
    if found.answer:
        body |= {"answer": found.answer, "outcome": found.outcome}
    if found.appeal:
        body["appeal"] = asdict(found.appeal)
    return body | ({"remedy": _remedy(found.refusal)} if found.refusal else {})


def _steps(milestones: Sequence[Milestone]) -> list[dict[str, Any]]:
    """Done up to the last station reached; the next one is the current one."""
    reached = max((at for at, one in enumerate(milestones) if one.at), default=-1)
    return [
        {
            "key": one.key,
            "label_code": f"track.{one.key}",
            "at": one.at,
            "done": at <= reached,
            "current": at == reached + 1,
            "unit": one.unit,
        }
        for at, one in enumerate(milestones)
    ]


def _remedy(refusal: dict[str, Any]) -> dict[str, Any]:
    """Why it cannot be done, by which article, and where to turn (domain.md §3.9)."""
    basis = catalogue.legal_basis(refusal.get("legal_basis") or "")
    remedy = refusal.get("remedy") or {}
    return {
        "explanation": refusal.get("explanation", ""),
        "materials_needed": refusal.get("materials_needed", ""),
        "legal_basis": basis
        and {"title": basis.title, "article": basis.article, "text": basis.text},
        "review_body": remedy.get("review_body", ""),
        "litigation_court": remedy.get("litigation_court", ""),
        "review_days": remedies.REVIEW_DAYS,
        "litigation_months": remedies.SUIT_MONTHS,
        "organ": refusal.get("organ", ""),
        "act": refusal.get("act", ""),
        "dates": refusal.get("dates"),
        "text": limits.remedy_text(),
    }
