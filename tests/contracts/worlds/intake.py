"""What the intake's addresses are asked for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bancheng.kernel import ids as made


def ids(world: Any) -> Mapping[str, UUID]:
    """Every address of the intake is one of a case."""
    return {}


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    """Valid in themselves; the other case is one that nobody has."""
    judged = {"should_do": "no", "can_do": "no", "cause": "cannot", "blocking_reason": "A1"}
    other = made.new_id()
    steps: dict[str, dict[str, Any]] = {
        "cause-change": judged | {"reason": "x"},
        "merge": {"into": other, "note": "x"},
        "unmerge": {"note": "x"},
        "link": {"other": other, "kind": "related"},
        "unlink": {"link": other},
        "one-time-notice": {"materials": [{"name": "x"}], "told": "printed"},
        "contact-data": {"phone": "19900001234", "asked_by": "applicant"},
    }
    return {f"POST cases/<id>/{step}": body for step, body in steps.items()} | {
        "POST intake/check": {"phone": "19900001234"},
        "POST authority": {"item": "x", "deciders": []},
    }
