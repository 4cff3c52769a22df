"""A task runs in the hall its message names, and as nobody when it names none (§2.1)."""

from typing import Any

import pytest
from django.db import ProgrammingError, connections

from apps.staff.models import Department
from bancheng.config import jobs
from bancheng.config.celery import app
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, current, hall, here
from tenants import directory
from tests.support.people import department_in


def names() -> list[str]:
    return list(Department.objects.values_list("name", flat=True))


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A task that reads a hall's table."""
    task = app.task(name="tests.asking")(names)
    yield task
    app.tasks.pop("tests.asking")


def run(task: Any, headers: dict[str, str | None]) -> Any:
    return task.apply(headers=headers, throw=True).get()


@pytest.mark.django_db
class TestOneTask:
    def test_it_works_in_the_hall_of_its_message(
        self, street: HallRef, other_street: HallRef, asking: Any
    ) -> None:
        for ref in (street, other_street):
            department_in(ref, ref.slug)

        found = [run(asking, {"hall": ref.schema_name}) for ref in (street, other_street, street)]

        assert found == [["street"], ["other"], ["street"]]
        assert current.get() is None

    @pytest.mark.parametrize("headers", [{}, {"hall": None}])
    def test_without_a_hall_it_is_refused_even_after_others(
        self, street: HallRef, asking: Any, headers: dict[str, str | None]
    ) -> None:
        run(asking, {"hall": street.schema_name})

        with hall(street), pytest.raises(ProgrammingError):
            run(asking, headers)

    def test_a_hall_that_is_gone_is_an_error_and_no_other_hall(
        self, street: HallRef, asking: Any
    ) -> None:
        with pytest.raises(NotFound):
            run(asking, {"hall": "h_gone"})


@pytest.mark.usefixtures("committed")
class TestEveryHall:
    def test_each_hall_has_its_turn_as_itself(self) -> None:
        seen = []

        jobs.in_every_hall("asking", lambda: seen.append(here().slug))

        assert sorted(seen) == ["city", "district", "other", "stranger", "street"]
        assert current.get() is None

    def test_one_halls_failure_stops_no_other(self, street: HallRef) -> None:
        seen = []

        def ask() -> None:
            if here() == street:
                connections["default"].cursor().execute("SELECT no_such_function()")
            seen.append((here().slug, names()))

        jobs.in_every_hall("asking", ask)

        assert sorted(slug for slug, _ in seen) == ["city", "district", "other", "stranger"]

    def test_a_hall_that_cannot_be_looked_up_stops_no_other(
        self, street: HallRef, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Closed between the list and its turn."""
        known = jobs.schema_names()
        monkeypatch.setattr(jobs, "schema_names", lambda: ["h_gone", *known])
        directory.forget()
        seen = []

        jobs.in_every_hall("asking", lambda: seen.append(here().slug))

        assert len(seen) == 5
