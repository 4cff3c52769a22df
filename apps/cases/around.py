"""What hangs on a case and is shown with it: its clocks, its history, its links. All of one moment,
by one statement, and nothing of a sealed file (C-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from apps.cases.timekeeping.kept import KeptClock, kept

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """Clocks without those that went away with their stage, every line of the history, links that
    are not ended; the oldest first. Moments in lines and links are texts."""

    clocks: tuple[KeptClock, ...] = ()
    lines: Sequence[Json] = ()
    links: Sequence[Json] = ()


COLUMNS = """
(SELECT json_agg(d) FROM (
    SELECT id, case_id, stage, started_at, due_at, due_on, provisional,
        owner, owner_name, rule, first_due_at, extended_days, ended, done_at
    FROM cases_deadline WHERE case_id = cases_case.id AND ended <> 'dropped'
    ORDER BY started_at, id) d),
(SELECT json_agg(e) FROM (
    SELECT id, seq, kind, at, actor_name, actor_unit, before, after, note, data
    FROM cases_caseevent WHERE case_id = cases_case.id ORDER BY seq) e),
(SELECT json_agg(l) FROM (
    SELECT id, case_id, other_id, kind, note, at, by_name, kept ->> 'until' AS until
    FROM cases_caselink WHERE (case_id = cases_case.id OR other_id = cases_case.id)
        AND ended_at IS NULL ORDER BY at, id) l)"""
"""Three columns beside those of a row of `cases_case`."""
_AROUND = f"SELECT {COLUMNS} FROM cases_case WHERE id = %s AND NOT sealed"  # noqa: S608 - our own


def of_case(case_id: UUID) -> Around:
    """What hangs on a case at hand."""
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, [case_id])
        row = cursor.fetchone()
    return around(row) if row else Around()


def around(found: Sequence[Any]) -> Around:
    """The three columns as they are read; null where there is nothing."""
    clocks, lines, links = found
    return Around(tuple(map(kept, clocks or ())), lines or (), links or ())
