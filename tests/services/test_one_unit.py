"""A command is one unit of work: kept or given up as a whole, without savepoints in between."""

from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.response import Response

from apps.staff import services as staff
from apps.staff.models import Department
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.idempotency.once import once
from tests.services.test_idempotency import ANNA, asking
from tests.support.clients import caller_for
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def department(name: str) -> None:
    """A service with a block of its own."""
    staff.add_department(name=name, duty_phone="0000-5550100", position=1, by=SYSTEM)


@transaction.atomic
def half_done(name: str) -> None:
    """A service that is refused after its first write."""
    department(name)
    raise NotFound


def names(ref: HallRef) -> set[str]:
    with hall(ref):
        return set(Department.objects.values_list("name", flat=True))


def test_calling_the_next_number_sets_no_savepoint_of_its_own(street: HallRef) -> None:
    clerk = staff_in(street, Role.WINDOW_CLERK)
    queue = queue_in(street)
    window, caller = window_in(street, [queue], clerk=clerk), caller_for(street, clerk)
    tickets_in(street, queue)
    caller.get("windows")  # a server remembers for a while which hall a host leads to

    with CaptureQueriesContext(connection) as asked:
        answer = caller.post(f"windows/{window}/call-next")

    savepoints = [one["sql"] for one in asked if one["sql"].startswith("SAVEPOINT")]
    assert answer.status_code == 200
    assert len(savepoints) == 1  # the command itself, inside this test's transaction
    assert len(asked) <= 16


def test_a_command_that_fails_after_a_service_succeeded_keeps_nothing(street: HallRef) -> None:
    def act() -> Response:
        department("民政科")
        raise NotFound

    with hall(street), pytest.raises(NotFound):
        once(asking(), ANNA, act)

    assert "民政科" not in names(street)


def test_a_failure_inside_cannot_be_passed_over(street: HallRef) -> None:
    def act() -> Response:
        try:
            half_done("住建科")
        except NotFound:
            department("城管科")
        return Response({})

    with hall(street), pytest.raises(transaction.TransactionManagementError):
        once(asking(), ANNA, act)

    assert names(street).isdisjoint({"住建科", "城管科"})


def test_after_a_command_blocks_have_savepoints_again(street: HallRef) -> None:
    with hall(street):
        once(asking(key=str(UUID(int=7))), ANNA, lambda: Response({}))
        with pytest.raises(NotFound):
            half_done("住建科")
        department("城管科")

    assert names(street) >= {"城管科"}
    assert "住建科" not in names(street)
