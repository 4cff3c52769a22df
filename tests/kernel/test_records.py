"""Whole rows by plain statements: what is written is what changed, and nothing else (W1, W2)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Case, CaseEvent, Deadline
from bancheng.kernel import clock, ids
from bancheng.kernel.database import records
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(street: HallRef) -> Case:
    return Team(street).dispatched()


def said(act: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        act()
    return [one["sql"] for one in seen.captured_queries]


def test_a_row_is_read_and_locked_as_the_orm_makes_it(street: HallRef, case: Case) -> None:
    with hall(street), transaction.atomic():
        expected = Case.objects.get(id=case.id)
        (sql,) = said(lambda: records.locked(Case.objects.filter(id=case.id)))
        found = records.locked(Case.objects.filter(id=case.id))
        gone = records.locked(Case.objects.filter(id=ids.new_id()))

    assert "FOR UPDATE" in sql
    assert "sealed" in sql
    assert gone is None
    assert found is not None
    names = [field.attname for field in Case._meta.concrete_fields]
    assert {n: getattr(found, n) for n in names} == {n: getattr(expected, n) for n in names}


def test_only_what_changed_is_written(street: HallRef, case: Case) -> None:
    """A list that was changed in place counts as changed; a row without a change writes nothing."""
    with hall(street), transaction.atomic():
        row = records.locked(Case.objects.filter(id=case.id))
        assert row is not None
        assert said(lambda: records.update(row)) == []
        row.title = "另一个标题"
        row.asked.append({"made": "in place"})
        row.helpers = [ids.new_id()]
        (sql,) = said(lambda: records.update(row))
        assert said(lambda: records.update(row)) == []
        kept = Case.objects.get(id=case.id)

    written = sql.partition("WHERE")[0]
    assert [name for name in ("title", "asked", "helpers") if f'"{name}" =' in written] == [
        "title",
        "asked",
        "helpers",
    ]
    assert '"state"' not in written
    assert (kept.title, kept.asked, kept.helpers) == (row.title, row.asked, row.helpers)


def test_a_row_read_elsewhere_is_written_whole(street: HallRef, case: Case) -> None:
    with hall(street), transaction.atomic():
        row = Case.objects.get(id=case.id)
        row.want = "别的"
        (sql,) = said(lambda: records.update(row))

    assert '"want"' in sql
    assert '"state"' in sql


def test_a_row_that_is_gone_is_not_written(street: HallRef, case: Case) -> None:
    with hall(street), transaction.atomic():
        row = Case.objects.get(id=case.id)
        row.id = ids.new_id()
        with pytest.raises(DatabaseError):
            records.update(row)


def test_rows_of_several_tables_go_in_one_statement(street: HallRef, case: Case) -> None:
    now = clock.now()
    clocks = [
        Deadline(
            case_id=case.id, stage=f"own_{n}", rule="WD+1", started_at=now, due_at=now,
            due_on=clock.today(), policy_source="x", policy_basis="甲“乙”\\'%s",
        )
        for n in range(2)
    ]  # fmt: skip
    line = CaseEvent(case_id=case.id, seq=99, kind="n", note="丙\n丁", data={"a": [1, None, "戊"]})
    with hall(street), transaction.atomic():
        assert len(said(lambda: records.insert([*clocks, line]))) == 1
        records.insert([])
        kept = CaseEvent.objects.get(id=line.id)
        rows = records.where(Deadline, "id = ANY(%s) ORDER BY stage", [one.id for one in clocks])
        assert records.where(Deadline, "id = ANY(%s)", []) == []

    assert (kept.note, kept.data, kept.at) == (line.note, line.data, line.at)
    assert [(one.stage, one.policy_basis, one.due_at) for one in rows] == [
        ("own_0", "甲“乙”\\'%s", now),
        ("own_1", "甲“乙”\\'%s", now),
    ]


def test_what_a_table_refuses_is_refused(street: HallRef, case: Case) -> None:
    with hall(street), pytest.raises(IntegrityError), transaction.atomic():
        records.insert([CaseEvent(case_id=case.id, seq=1, kind="again")])
