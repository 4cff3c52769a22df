"""One effect and one answer per Idempotency-Key (security.md §5.3)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from psycopg import errors as pg_errors
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.models import Department
from apps.windows.models import Ticket
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.idempotency import once as idempotency
from bancheng.services.idempotency.models import IdempotencyKey
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

ANNA, BERT = UUID(int=1), UUID(int=2)


@pytest.fixture
def queue(street: HallRef) -> UUID:
    return queue_in(street)


@pytest.fixture
def clerk(street: HallRef) -> Caller:
    return caller_for(street, staff_in(street, Role.WINDOW_CLERK))


def tickets(ref: HallRef) -> int:
    with hall(ref):
        return Ticket.objects.count()


def kept(ref: HallRef) -> int:
    with hall(ref):
        return IdempotencyKey.objects.count()


def asking(key: str = "k1", body: bytes = b"{}") -> Request:
    request = RequestFactory().post(
        "/api/v1/things", body, content_type="application/json", headers={"Idempotency-Key": key}
    )
    return Request(request)


def adding(name: str) -> Callable[[], Response]:
    def act() -> Response:
        made = Department.objects.create(name=name)
        return Response({"id": made.id, "at": datetime(2026, 11, 23, 1, tzinfo=UTC)}, status=201)

    return act


def test_the_same_key_gives_the_same_answer_and_one_effect(
    street: HallRef, queue: UUID, clerk: Caller
) -> None:
    first = clerk.post("tickets", {"queue": queue}, key="k1")
    second = clerk.post("tickets", {"queue": queue}, key="k1")

    assert (first.status_code, second.status_code, tickets(street)) == (201, 201, 1)
    assert json.loads(first.content) == json.loads(second.content)
    for header in ("ETag", "X-Event-Seq"):
        assert first[header] == second[header] != ""


def test_another_key_is_another_effect(street: HallRef, queue: UUID, clerk: Caller) -> None:
    for key in ("k1", "k2"):
        assert clerk.post("tickets", {"queue": queue}, key=key).status_code == 201

    assert (tickets(street), kept(street)) == (2, 2)


def test_the_same_key_for_something_else_is_refused(
    street: HallRef, queue: UUID, clerk: Caller
) -> None:
    clerk.post("tickets", {"queue": queue}, key="k1")

    other_body = clerk.post("tickets", {"queue": queue, "priority_reason": "disabled"}, key="k1")
    other_address = clerk.post("tickets?x=1", {"queue": queue}, key="k1")

    for answer in (other_body, other_address):
        assert (answer.status_code, answer.data["code"]) == (422, "idempotency.key_reused")
    assert tickets(street) == 1


@pytest.mark.parametrize("key", [None, "", " ", "a b", "k" * 101, "é"])
def test_a_post_without_a_usable_key_is_refused(
    street: HallRef, queue: UUID, clerk: Caller, key: str | None
) -> None:
    answer = clerk.post("tickets", {"queue": queue}, key=key)

    assert (answer.status_code, answer.data["code"]) == (400, "idempotency.key_required")
    assert tickets(street) == 0


def test_a_refused_act_leaves_its_key_free(street: HallRef, queue: UUID, clerk: Caller) -> None:
    refused = clerk.post("tickets", {"queue": UUID(int=9)}, key="k1")
    left = kept(street)

    accepted = clerk.post("tickets", {"queue": queue}, key="k1")

    assert (refused.status_code, left) == (422, 0)
    assert (accepted.status_code, tickets(street)) == (201, 1)


def test_the_same_key_of_another_person_is_another_key(
    street: HallRef, queue: UUID, clerk: Caller
) -> None:
    colleague = caller_for(street, staff_in(street, Role.WINDOW_CLERK))

    answers = [each.post("tickets", {"queue": queue}, key="k1") for each in (clerk, colleague)]

    assert [answer.data["number"] for answer in answers] == ["Z001", "Z002"]


def test_the_same_key_in_another_hall_is_another_key(
    street: HallRef, other_street: HallRef
) -> None:
    for ref in (street, other_street):
        with hall(ref):
            assert idempotency.once(asking(), ANNA, adding("民政科")).status_code == 201

    assert (kept(street), kept(other_street)) == (1, 1)


def test_an_answer_with_ids_and_times_is_repeated_as_it_was_sent(street: HallRef) -> None:
    with hall(street):
        first = idempotency.once(asking(), ANNA, adding("民政科"))
        second = idempotency.once(asking(), ANNA, adding("民政科"))

    assert second.data == {"id": str(first.data["id"]), "at": "2026-11-23T01:00:00Z"}


def test_an_answer_without_a_body_is_repeated_without_one(street: HallRef) -> None:
    with hall(street):
        answers = [idempotency.once(asking(), ANNA, lambda: Response(status=204)) for _ in range(2)]

    assert [(answer.status_code, answer.data) for answer in answers] == [(204, None)] * 2


@pytest.mark.parametrize("error", [NotFound(), ZeroDivisionError()])
def test_an_act_that_fails_leaves_neither_effect_nor_key(street: HallRef, error: Exception) -> None:
    def act() -> Response:
        adding("民政科")()
        raise error

    with hall(street):
        with pytest.raises(type(error)):
            idempotency.once(asking(), ANNA, act)

        assert (Department.objects.count(), IdempotencyKey.objects.count()) == (0, 0)


@pytest.mark.parametrize(("deadlocks", "departments"), [(1, 1), (2, 1), (3, 0)])
def test_a_deadlock_is_tried_again_twice(street: HallRef, deadlocks: int, departments: int) -> None:
    left = iter(range(deadlocks))

    def act() -> Response:
        done = adding("民政科")()
        if next(left, None) is not None:
            raise OperationalError from pg_errors.DeadlockDetected()
        return done

    with hall(street):
        try:
            idempotency.once(asking(), ANNA, act)
        except OperationalError:
            assert departments == 0

        assert Department.objects.count() == departments


def test_a_lock_that_is_not_granted_is_not_tried_again(street: HallRef) -> None:
    tries = []

    def act() -> Response:
        tries.append(1)
        raise OperationalError from pg_errors.LockNotAvailable()

    with hall(street), pytest.raises(OperationalError):
        idempotency.once(asking(), ANNA, act)

    assert len(tries) == 1


def test_keys_are_forgotten_after_48_hours(street: HallRef) -> None:
    now = datetime(2026, 11, 23, 1, tzinfo=UTC)
    with hall(street):
        for owner, hours in ((ANNA, 49), (BERT, 48)):
            with clock.frozen(now - timedelta(hours=hours)):
                idempotency.once(asking(), owner, lambda: Response(status=204))

        with clock.frozen(now):
            forgotten = idempotency.forget()

        assert forgotten == 1
        assert list(IdempotencyKey.objects.values_list("owner", flat=True)) == [BERT]
