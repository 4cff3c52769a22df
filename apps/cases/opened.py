"""A case as its page is opened: with its applicant, its reception and what hangs on it, in two
plain statements (performance.md W5)."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection

from apps.cases import around, permissions
from apps.cases.around import Around
from apps.cases.models import Applicant, Case, Reception
from bancheng.kernel.actor import Actor
from bancheng.kernel.database import records
from bancheng.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Opened:
    """A case whose applicant and reception are known, and what hangs on it."""

    case: Case
    around: Around


def seen(case_id: UUID, by: Actor) -> Opened:
    """A case that the actor may see; raises NotFound for all others. Who may see it is composed by
    the ORM, the hundred columns by nobody: they are the same every time."""
    visible = permissions.visible_to(by).filter(id=case_id).values("id")
    try:
        sql, values = visible.query.sql_with_params()
    except EmptyResultSet as nothing:
        raise NotFound from nothing
    _, _, fitting = sql.partition(" FROM ")
    shape = records.shape(Case)
    asked = f"SELECT {shape.listed}, {around.COLUMNS} FROM {fitting}"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    width = len(shape.columns)
    return Opened(completed(shape.made(row[:width])), around.around(row[width:]))


def at_hand(case: Case) -> Opened:
    """A case that a step just changed."""
    return Opened(completed(case), around.of_case(case.id))


def completed(case: Case) -> Case:
    """A case with its applicant and its reception; one statement or none."""
    if Case.applicant.is_cached(case):
        return case
    person, visit = records.shape(Applicant), records.shape(Reception)
    sql = (
        f"SELECT {person.listed}, {visit.listed} FROM cases_applicant"  # noqa: S608 - our own
        " LEFT JOIN cases_reception ON cases_reception.id = %s WHERE case_id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [case.reception_id, case.id])
        row = cursor.fetchone()
    width = len(person.columns)
    applicant = person.made(row[:width])
    applicant.case = case
    case.reception = visit.made(row[width:]) if case.reception_id else None
    return case
