"""The lines of a case's history as they are shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from apps.cases.models import Case
from bancheng.kernel import clock

Json = dict[str, Any]


def shown(events: Iterable[Mapping[str, Any]]) -> list[Json]:
    """All lines in order. A line about another case that has become a sealed file names it no
    longer, and keeps no note (C-13). No query, one where the case was linked."""
    lines = [_line(event) for event in events]
    named = {line["data"]["other"] for line in lines if line["data"].get("other")}
    if not named:
        return lines
    still = {str(ident) for ident in Case.objects.filter(id__in=named).values_list("id", flat=True)}
    return [line if _open(line, still) else line | _NAMELESS for line in lines]


_NAMELESS = {"note": None, "data": {"kind": "", "other": None, "number": ""}}


def _open(line: Json, still: set[str]) -> bool:
    other = line["data"].get("other")
    return other is None or other in still


def _line(event: Mapping[str, Any]) -> Json:
    return {
        "id": event["id"],
        "seq": event["seq"],
        "kind": event["kind"],
        "at": datetime.fromisoformat(event["at"]).astimezone(clock.ZONE),
        "actor": {"name": event["actor_name"], "unit": event["actor_unit"]},
        "from": event["before"] or None,
        "to": event["after"] or None,
        "note": event["note"] or None,
        "data": event["data"],
    }
