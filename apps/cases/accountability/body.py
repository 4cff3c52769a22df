"""Who answers for what, in the shape of the API."""

from decimal import Decimal
from typing import Any

from apps.cases import turns
from apps.cases.accountability import checklist, limits
from apps.cases.accountability.kept import ClosingFile, meant_for
from apps.cases.models import Case
from bancheng.kernel.actor import Actor


def part(case: Case, by: Actor) -> dict[str, Any]:
    """What a case's page shows of accountability."""
    return {
        "designated": case.designated,
        "escalated": case.escalated,
        "reserved": turns.reserved(case),
        "requests": [_request(one, by) for one in case.asked],
        "closing": _closing(case),
        "remedy_text": limits.remedy_text() or None,
    }


_EMPTY: dict[str, Any] = ClosingFile().as_json()
_FEN = Decimal("0.01")


def _closing(case: Case) -> dict[str, Any]:
    """What is known of the end so far; an amount with both places behind the point."""
    found = {**_EMPTY, **case.closing}
    if found["amount"] is not None:
        found["amount"] = str(Decimal(found["amount"]).quantize(_FEN))
    return found


def assist_units(case: Case) -> list[dict[str, Any]]:
    """Each assisting unit with what it has done; `silent` when the case went on without it."""
    return [
        {
            "id": unit["id"],
            "name": unit["name"],
            "signed_at": unit.get("signed_at"),
            "replied_at": unit.get("replied_at"),
            "text": unit.get("text"),
            "result": unit.get("result"),
            "silent": unit.get("silent", False),
        }
        for unit in case.assist_units
    ]


def _request(one: dict[str, Any], by: Actor) -> dict[str, Any]:
    shown = {name: one[name] for name in ("id", "kind", "text", "by", "to", "at", "wanted_by")}
    return shown | {"mine": meant_for(one, by.post_id)}


def closing(case: Case, outcome: str) -> dict[str, Any]:
    """The checklist of a case for an outcome, else for the one its way suggests."""
    planned = outcome or checklist.planned_outcome(case)
    items = checklist.items(case, planned, case.closing)
    return {
        "outcome": planned or None,
        "items": [{"item": one.item, "state": one.state, "why": one.why or None} for one in items],
        "tools": sorted(limits.tools()),
    }
