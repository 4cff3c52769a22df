"""The situations in which a hall once leaked, one by one (security.md §2.1).

Every hall holds one row that bears its own name; whatever reads must find that name and no other.
"""

import asyncio
import contextvars
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.db import DatabaseError, IntegrityError, ProgrammingError, connections, transaction
from django.test import Client

from apps.staff.models import Department
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, current, hall
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in

Halls = tuple[HallRef, HallRef]
T = TypeVar("T")


@pytest.fixture
def two(street: HallRef, other_street: HallRef, committed: None) -> Iterator[Halls]:
    """Two halls, each with a department named like the hall."""
    for ref in (street, other_street):
        department_in(ref, ref.slug)
    yield street, other_street
    current.set(None)


def names() -> list[str]:
    return list(Department.objects.order_by("name").values_list("name", flat=True))


def test_threads_that_serve_halls_in_turn_mix_nothing_up(two: Halls) -> None:
    def ask(ref: HallRef) -> tuple[str, list[str]]:
        with hall(ref):
            return ref.slug, names()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, two * 50))
        list(pool.map(lambda _: connections.close_all(), range(16)))

    assert [answer for answer in answers if answer[1] != [answer[0]]] == []


def test_a_thread_that_was_given_no_hall_is_refused(two: Halls) -> None:
    """Also after the same thread, with the same connection, served a hall."""

    def serve() -> list[str]:
        with hall(two[0]):
            return names()

    def forget() -> str:
        try:
            return str(names())
        except ProgrammingError:
            return "refused"

    with ThreadPoolExecutor(1) as pool:
        served, forgotten = pool.submit(serve).result(), pool.submit(forget).result()
        pool.submit(connections.close_all).result()

    assert (served, forgotten) == (["street"], "refused")


def test_a_context_that_is_handed_on_keeps_its_hall_in_a_used_thread(two: Halls) -> None:
    with ThreadPoolExecutor(1) as pool:
        found = []
        for ref in two * 10:
            with hall(ref):
                found.append(pool.submit(contextvars.copy_context().run, names).result())
        pool.submit(connections.close_all).result()

    assert found == [["street"], ["other"]] * 10


def test_the_orm_in_async_code_reads_the_hall_it_stands_in(two: Halls) -> None:
    async def ask(ref: HallRef) -> list[object]:
        with hall(ref):
            first = await Department.objects.aget()
            each = [row.name async for row in Department.objects.all()]
            both = await asyncio.gather(sync_to_async(names)(), database_sync_to_async(names)())
            loose = await sync_to_async(_and_close(names), thread_sensitive=False)()
            return [first.name, each, *both, loose]

    async def everybody() -> list[list[object]]:
        return await asyncio.gather(*(ask(ref) for ref in two * 10))

    answers = run(everybody())

    right = [[slug, [slug], [slug], [slug], [slug]] for slug in ("street", "other")]
    assert answers == right * 10


def test_another_hall_entered_in_async_code_is_the_one_that_is_read(two: Halls) -> None:
    """`with schema_context(…): await …` was ignored 19 times of 20."""

    async def ask() -> list[list[str]]:
        found = []
        with hall(two[0]):
            found.append(await sync_to_async(names)())
            with hall(two[1]):
                found.append(await sync_to_async(names)())
            found.append(await sync_to_async(names)())
        return found

    assert run(ask()) == [["street"], ["other"], ["street"]]


def test_a_stream_that_is_read_late_reads_its_own_hall(two: Halls) -> None:
    """Rows fetched from a server-side cursor while another hall is served in between."""

    def stream(ref: HallRef) -> Iterator[str]:
        with hall(ref):
            context = contextvars.copy_context()
        rows = context.run(lambda: iter(Department.objects.values_list("name").iterator(1)))
        while (row := context.run(next, rows, None)) is not None:
            yield row[0]

    with transaction.atomic():
        first, second = stream(two[0]), stream(two[1])
        read = [next(first), next(second), *first, *second]

    assert read == ["street", "other"]


def test_an_async_stream_reads_its_own_hall(two: Halls) -> None:
    async def stream(ref: HallRef) -> AsyncIterator[str]:
        with hall(ref):
            found = [row.name async for row in Department.objects.all()]
        for name in found:
            await asyncio.sleep(0)
            yield name

    async def both() -> list[str]:
        return [name for ref in two for name in [each async for each in stream(ref)]]

    assert run(both()) == ["street", "other"]


def test_halls_can_be_nested_inside_one_transaction(two: Halls) -> None:
    with transaction.atomic():
        with hall(two[0]):
            outer = names()
            Department.objects.create(name="street-2")
            with hall(two[1]):
                inner = names()
                Department.objects.create(name="other-2")
            again = names()
        with pytest.raises(ProgrammingError), transaction.atomic():
            names()

    assert (outer, inner, again) == (["street"], ["other"], ["street", "street-2"])
    with hall(two[1]):
        assert names() == ["other", "other-2"]


def test_an_error_after_a_change_of_halls_leaves_the_outer_one_in_place(two: Halls) -> None:
    """The rolled back savepoint undoes `SET ROLE` as well, and the backend must notice."""
    with hall(two[0]), transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic(), hall(two[1]):
            Department.objects.create(name="other")
        after_savepoint = names()
    with hall(two[0]):
        after_commit = names()
        with pytest.raises(DatabaseError), transaction.atomic(), hall(two[1]):
            Department.objects.create(name="other")
        after_rollback = names()

    assert [after_savepoint, after_commit, after_rollback] == [["street"]] * 3


def test_a_lost_connection_begins_again_in_the_right_hall(two: Halls) -> None:
    with hall(two[0]):
        before = names()
        connections["default"].close()
        after = names()

    assert (before, after) == (["street"], ["street"])


def test_hosts_asked_in_turn_over_one_thread_answer_for_themselves(two: Halls) -> None:
    callers = [caller_for(ref, staff_in(ref, Role.HALL_ADMIN)) for ref in two]

    answers = [json.loads(callers[turn % 2].get("departments").content) for turn in range(20)]

    found = [[row["name"] for row in answer["results"]] for answer in answers]
    assert found == [["street"], ["other"]] * 10


def test_what_runs_before_the_hall_is_known_reads_nothing(two: Halls) -> None:
    """Health checks, limits and metrics once read the hall of the thread's last request."""
    http = Client()
    http.get("/api/v1/session", headers={"Host": two[0].host})
    http.get("/healthz", headers={"Host": two[0].host})

    with pytest.raises(ProgrammingError):
        names()
    assert current.get() is None


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, and close what the shared thread of the ORM opened."""

    async def all_of_it() -> T:
        try:
            return await work
        finally:
            await sync_to_async(connections.close_all)()

    return asyncio.run(all_of_it())


def _and_close(ask: Callable[[], T]) -> Callable[[], T]:
    def both() -> T:
        try:
            return ask()
        finally:
            connections.close_all()

    return both
