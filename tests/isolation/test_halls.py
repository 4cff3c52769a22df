"""A hall sees its own rows and nobody else's, by the database (security.md §3)."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from apps.staff.models import Department
from bancheng.kernel.hall import HallRef, hall
from tests.support.people import department_in

pytestmark = pytest.mark.django_db


def test_a_row_of_one_hall_is_not_seen_in_another(street: HallRef, other_street: HallRef) -> None:
    department_in(street, "只在滨河")

    with hall(other_street):
        names = list(Department.objects.values_list("name", flat=True))

    assert names == []


def test_code_that_forgot_its_hall_gets_nothing(street: HallRef) -> None:
    department_in(street)

    with pytest.raises(ProgrammingError):
        list(Department.objects.all())


def test_another_halls_schema_is_refused_by_name(street: HallRef, other_street: HallRef) -> None:
    with hall(street), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(f"SELECT * FROM {other_street.schema_name}.staff_department")
