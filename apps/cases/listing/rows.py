"""Cases as rows of a list: plain dictionaries in the shape of the API, written as they are.

Nothing sealed is opened. Moments are in the hall's time, as every serializer shows them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from apps.cases import permissions
from apps.cases.models import Case
from apps.cases.timekeeping import body as time_body
from apps.cases.timekeeping.cards import Card, Clock, minutes_left, most_urgent
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.queries import Timekeeping
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

COLUMNS = (
    "id",
    "number",
    "title",
    "state",
    "cause",
    "blocking_reason",
    "urgency",
    "confidential",
    "registered_at",
    "due_at",
    "lead_unit",
    "lead_unit_name",
    "first_responder_post",
    "first_responder_name",
    "reopen_count",
    "referral",
    "version",
    "applicant__name_mask",
    "applicant__enterprise_name",
    *time_body.COLUMNS,
)


def summaries(rows: Sequence[Mapping[str, Any]], by: Actor) -> list[dict[str, Any]]:
    """Rows of `listed` in the shape of the API, with the clock to show; one query."""
    running = _running([row["id"] for row in rows if row["due_at"] is not None])
    now, timing = clock.now(), calendar.timekeeping()
    return [_summary(row, running.get(row["id"], []), now, timing, by) for row in rows]


def summary(case: Case, clocks: list[Clock], by: Actor) -> dict[str, Any]:
    """One case, with its running clocks, in the shape of a list's row."""
    row = {name: getattr(case, name) for name in COLUMNS if "__" not in name}
    row["applicant__name_mask"] = case.applicant.name_mask
    row["applicant__enterprise_name"] = case.applicant.enterprise_name
    return _summary(row, clocks, clock.now(), calendar.timekeeping(), by)


_CLOCKS = (
    f"SELECT {', '.join(Clock.__slots__)} FROM cases_deadline"  # noqa: S608 - our own names
    " WHERE case_id = ANY(%s::uuid[]) AND ended = '' ORDER BY due_at, id"
)


def _running(case_ids: list[UUID]) -> dict[UUID, list[Clock]]:
    """The running clocks of cases that the asker sees, so that nobody asks again for sealed ones;
    plain SQL, because a list is read more often than anything else."""
    found: dict[UUID, list[Clock]] = defaultdict(list)
    if case_ids:
        with connection.cursor() as cursor:
            cursor.execute(_CLOCKS, [f"{{{','.join(map(str, case_ids))}}}"])
            for row in cursor.fetchall():
                found[row[1]].append(Clock(*row))
    return found


def _summary(
    row: Mapping[str, Any], clocks: list[Clock], now: datetime, timing: Timekeeping, by: Actor
) -> dict[str, Any]:
    hidden = row["confidential"] and not by.has_role(*permissions.SEE_THE_HALL)
    reopened = row["reopen_count"]
    shown = most_urgent(clocks, now, timing, reopened) if clocks else None
    return {
        "id": row["id"],
        "number": row["number"],
        "title": row["title"],
        "state": row["state"],
        "cause": row["cause"] or None,
        "blocking_reason": row["blocking_reason"] or None,
        "urgency": row["urgency"],
        "confidential": row["confidential"],
        "registered_at": row["registered_at"].astimezone(clock.ZONE),
        "deadline": shown and _clock(*shown, now, timing),
        "lead_unit": named(row["lead_unit"], row["lead_unit_name"]),
        "first_responder": {
            "id": row["first_responder_post"],
            "name": row["first_responder_name"],
        },
        "applicant_masked": "" if hidden else masked(row),
        "version": row["version"],
        "referral": referral_of(row["referral"]),
        **time_body.of_row(row, timing),
    }


def _clock(shown: Clock, card: Card, now: datetime, timing: Timekeeping) -> dict[str, Any]:
    return {
        "id": shown.id,
        "stage": shown.stage,
        "started_at": shown.started_at.astimezone(clock.ZONE),
        "due_at": shown.due_at.astimezone(clock.ZONE),
        "due_on": shown.due_on,
        "card": card.word,
        "provisional": shown.provisional,
        "remaining_minutes": minutes_left(shown, now, timing),
    }


def masked(row: Mapping[str, Any]) -> str:
    """An enterprise by its name, a person by the mask (domain.md §4.3)."""
    parts = (row["applicant__enterprise_name"], row["applicant__name_mask"])
    return " ".join(part for part in parts if part)


def named(ident: UUID | None, name: str) -> dict[str, Any] | None:
    """A reference, or nothing."""
    return {"id": ident, "name": name} if ident else None


def referral_of(kept: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where a case went, else where it came from."""
    for direction in ("out", "in"):
        if direction in kept:
            end = {name: said for name, said in kept[direction].items() if name != "files"}
            return {"direction": direction, **end}
    return None
