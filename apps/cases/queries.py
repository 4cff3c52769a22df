"""Reading cases and receptions: the board's figures, what the portal asks; lists are `listing`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from apps.cases import permissions
from apps.cases.listing import sorts
from apps.cases.listing.narrowing import beginning, narrowed
from apps.cases.listing.rows import COLUMNS, masked, named, referral_of, summaries, summary
from apps.cases.listing.wanted import Wanted
from apps.cases.models import Case, Deadline, Reception
from apps.cases.rules import Stage
from apps.cases.timekeeping.tally import Tally, tally
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.database import records
from bancheng.kernel.errors import NotFound

ORDER = sorts.NEWEST
RECEPTION_ORDER = ("-at", "-id")
__all__ = ["COLUMNS", "ORDER", "Wanted", "masked", "named", "referral_of", "summaries", "summary"]


def listed(wanted: Wanted, by: Actor) -> QuerySet[Any, dict[str, Any]]:
    """The visible cases that fit, unordered, as rows for `summaries`."""
    found: QuerySet[Any, dict[str, Any]] = narrowed(wanted, by).values(*COLUMNS)
    return found


def _tomorrow() -> datetime:
    return beginning(clock.today() + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Today(Tally):
    """The board's figures: how the clocks stand, and what came today."""

    receptions: int
    cases: int


def today() -> Today:
    """Today's receptions and cases, and how the running clocks stand; three queries."""
    start = _tomorrow() - timedelta(days=1)
    clocks = tally(_tomorrow())
    return Today(
        receptions=Reception.objects.filter(at__gte=start).count(),
        cases=Case.objects.filter(registered_at__gte=start).count(),
        due_today=clocks.due_today,
        overdue=clocks.overdue,
        yellow=clocks.yellow,
        red=clocks.red,
    )


def most_pressing(by: Actor, most: int = 12) -> list[dict[str, Any]]:
    """Summaries of the cases due first, for the board."""
    rows = permissions.visible_to(by).filter(due_at__isnull=False).order_by("due_at", "id")
    return summaries(list(rows.values(*COLUMNS)[:most]), by)


def receptions(by: Actor) -> QuerySet[Reception, Reception]:
    """The receptions the actor may read, to be paged by RECEPTION_ORDER."""
    permissions.require(by, "receptions.read")
    return permissions.receptions_seen(by)


def case_ids_of_letters(letter_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The local case of each letter, whichever end this hall is."""
    wanted = list(letter_ids)
    found: dict[UUID, UUID] = {}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_OF_LETTERS, [wanted, wanted])
        for case_id, came, went in cursor.fetchall():
            found |= {letter: case_id for letter in (came, went) if letter in wanted}
    return found


_OF_LETTERS = """
    SELECT id, letter_in, letter_out FROM cases_case
    WHERE NOT sealed AND (letter_in = ANY(%s) OR letter_out = ANY(%s)) ORDER BY id"""


def promises_of_letters(letter_ids: Iterable[UUID]) -> dict[UUID, Deadline]:
    """The receiver's own running promise for each letter that became a case here."""
    wanted = list(letter_ids)
    if not wanted:
        return {}
    promise = records.shape(Deadline)
    sql = (
        f"SELECT c.letter_in, {promise.listed} FROM cases_deadline"  # noqa: S608 - our own names
        " JOIN cases_case c ON c.id = cases_deadline.case_id AND NOT c.sealed"
        " WHERE c.letter_in = ANY(%s) AND stage = %s AND ended = '' ORDER BY cases_deadline.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted, Stage.RESOLVE])
        return {row[0]: promise.made(row[1:]) for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case is: enough to take its next step from a script."""

    version: int
    state: str
    lead_unit: UUID | None


def standing(case_id: UUID) -> Standing:
    """The standing of a case of this hall; raises NotFound."""
    row = Case.objects.filter(id=case_id).values_list("version", "state", "lead_unit").first()
    if row is None:
        raise NotFound
    return Standing(*row)
