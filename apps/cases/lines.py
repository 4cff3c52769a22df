"""The lines of a case's history as they are shown."""

from typing import Any

from apps.cases.models import Case, CaseEvent


def shown(case: Case) -> list[dict[str, Any]]:
    """All lines in order. A line about another case that has become a sealed file names it no
    longer, and keeps no note (C-13). One query, one more where the case was linked."""
    lines = [_line(event) for event in case.events.order_by("seq")]
    named = {line["data"]["other"] for line in lines if line["data"].get("other")}
    if not named:
        return lines
    still = {str(ident) for ident in Case.objects.filter(id__in=named).values_list("id", flat=True)}
    return [line if _open(line, still) else line | _NAMELESS for line in lines]


_NAMELESS = {"note": None, "data": {"kind": "", "other": None, "number": ""}}


def _open(line: dict[str, Any], still: set[str]) -> bool:
    other = line["data"].get("other")
    return other is None or other in still


def _line(event: CaseEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at,
        "actor": {"name": event.actor_name, "unit": event.actor_unit},
        "from": event.before or None,
        "to": event.after or None,
        "note": event.note or None,
        "data": event.data,
    }
