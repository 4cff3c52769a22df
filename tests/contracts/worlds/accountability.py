"""Accountability in the world of the contract tests: a valid body for each step."""

from typing import Any
from uuid import UUID


def ids(world: Any) -> dict[str, UUID]:
    """The case is the world's own."""
    return {}


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    """By `POST address`."""
    post = world.team.lead.post_id
    steps: dict[str, dict[str, Any]] = {
        "designate": {"lead_unit": world.team.unit},
        "assist-sign": {},
        "assist-reply": {"text": "x", "result": "agreed"},
        "hand-over": {"to_post": post, "reason": "x"},
        "hand-over-answer": {"decision": "accept"},
        "report-up": {"to_post": post, "question": "x"},
        "report-up-answer": {"decision": "agree", "note": "x"},
        "explanation": {"legal_basis": "XKF-38", "words": "x", "understood": "yes"},
        "appeal": {"grounds": "x"},
        "appeal-answer": {"decision": "uphold", "note": "x"},
    }
    found = {f"POST cases/<id>/{step}": body for step, body in steps.items()}
    return found | {"POST portal/appeal": {"grounds": "x"}, "POST portal/answer": {"text": "x"}}
