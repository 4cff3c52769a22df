"""The hall of the moment: entered and left, never left over (security.md §2.1)."""

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor

import pytest

from bancheng.kernel.errors import NoHall
from bancheng.kernel.hall import HallRef, current, hall, here
from tests.kernel.refs import A, B


def test_outside_of_any_hall_there_is_none() -> None:
    with pytest.raises(NoHall):
        here()


def test_a_hall_is_entered_and_left() -> None:
    with hall(A) as entered:
        inside = here()

    assert (entered, inside, current.get()) == (A, A, None)


def test_a_nested_hall_gives_the_outer_one_back() -> None:
    with hall(A):
        with hall(B):
            inner = here()
        outer = here()

    assert (inner, outer) == (B, A)


def test_nobody_can_be_entered_inside_a_hall() -> None:
    with hall(A):
        with hall(None), pytest.raises(NoHall):
            here()
        assert here() is A


def test_an_error_inside_leaves_the_hall() -> None:
    with pytest.raises(ZeroDivisionError), hall(A), hall(B):
        raise ZeroDivisionError

    assert current.get() is None


def test_the_role_is_named_after_the_schema() -> None:
    assert A.role == "hall_h_binhe"


async def test_tasks_that_take_turns_keep_their_own_halls() -> None:
    seen: list[tuple[str, str]] = []

    async def work(ref: HallRef) -> None:
        with hall(ref):
            for _ in range(20):
                await asyncio.sleep(0)
                seen.append((ref.slug, here().slug))

    await asyncio.gather(*(work(ref) for ref in (A, B) * 10))

    assert len(seen) == 400
    assert [pair for pair in seen if pair[0] != pair[1]] == []


async def test_a_task_begins_in_the_hall_it_was_started_from() -> None:
    async def ask() -> HallRef:
        await asyncio.sleep(0)
        return here()

    with hall(A):
        task = asyncio.create_task(ask())

    assert await task is A
    assert current.get() is None


def test_a_thread_begins_outside_of_any_hall() -> None:
    with hall(A), ThreadPoolExecutor(1) as pool:
        found = pool.submit(current.get).result()

    assert found is None


def test_a_thread_with_a_copied_context_works_in_the_callers_hall() -> None:
    with ThreadPoolExecutor(1) as pool:
        with hall(A):
            in_a = pool.submit(contextvars.copy_context().run, here).result()
        afterwards = pool.submit(current.get).result()

    assert (in_a, afterwards) == (A, None)
