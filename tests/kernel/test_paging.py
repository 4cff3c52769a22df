"""Keyset pages: every row once, in order, whatever ties there are."""

import base64
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from apps.staff.models import ApiToken, Department
from bancheng.kernel.api import paging
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import HallRef, hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def departments(street: HallRef) -> Iterator[None]:
    """200 rows in 7 groups of equal position, the name ordered against the id."""
    with hall(street):
        Department.objects.bulk_create(
            Department(name=f"科室{999 - number}", position=number % 7) for number in range(200)
        )
        yield


def asking(**query: Any) -> HttpRequest:
    return RequestFactory().get("/", query)


def cursor_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def walk(order: Sequence[str], limit: int, *, as_values: bool = False) -> list[list[Any]]:
    pages, cursor = [], ""
    while True:
        rows: Any = Department.objects.all()
        rows = rows.values("id", "name", "position") if as_values else rows
        page = paging.page(rows, order=order, request=asking(limit=limit, cursor=cursor))
        pages.append([row["id"] if as_values else row.id for row in page.rows])
        if page.next is None:
            return pages
        cursor = page.next


@pytest.mark.parametrize(
    "order",
    [
        ("position", "id"),
        ("-position", "id"),
        ("position", "-id"),
        ("-position", "-id"),
        ("position", "-name", "id"),
        ("-id",),
    ],
)
@pytest.mark.usefixtures("departments")
def test_forty_pages_hold_the_rows_of_a_full_scan(order: tuple[str, ...]) -> None:
    pages = walk(order, 5)

    everything = list(Department.objects.order_by(*order).values_list("id", flat=True))
    assert [len(page) for page in pages] == [5] * 40
    assert list(chain.from_iterable(pages)) == everything
    assert pages[39] == everything[195:200]


@pytest.mark.usefixtures("departments")
def test_pages_of_plain_values_are_the_same() -> None:
    order = ("-position", "id")

    assert walk(order, 50, as_values=True) == walk(order, 50)


@pytest.mark.usefixtures("departments")
def test_a_row_that_came_in_between_does_not_move_the_others() -> None:
    order = ("position", "id")
    first = paging.page(Department.objects.all(), order=order, request=asking(limit=60))
    Department.objects.create(name="新来", position=-1)

    second = paging.page(
        Department.objects.exclude(name="新来"), order=order, request=asking(cursor=first.next)
    )

    everything = list(Department.objects.exclude(name="新来").order_by(*order))
    assert first.rows + second.rows == everything[:85]


@pytest.mark.usefixtures("departments")
def test_a_page_is_one_statement_without_count_or_offset() -> None:
    first = paging.page(Department.objects.all(), order=("position", "id"), request=asking())
    with CaptureQueriesContext(connection) as seen:
        paging.page(
            Department.objects.all(), order=("position", "id"), request=asking(cursor=first.next)
        )

    (statement,) = [query["sql"] for query in seen.captured_queries]
    assert "COUNT" not in statement
    assert "OFFSET" not in statement
    assert statement.endswith("LIMIT 26")


@pytest.mark.usefixtures("departments")
def test_the_last_page_says_that_it_is_the_last() -> None:
    page = paging.page(Department.objects.all(), order=("id",), request=asking(limit=200))

    assert (len(page.rows), page.next) == (200, None)


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "", "1.5", "²", "٣", "1" * 5000])
def test_a_limit_outside_of_1_to_200_is_refused(limit: str) -> None:
    with pytest.raises(Invalid) as refused:
        paging.limit_of(asking(limit=limit))

    assert (refused.value.status, refused.value.params) == (
        422,
        {"errors": {"limit": ["out_of_range"]}},
    )


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "????",
        cursor_of(),
        cursor_of("2026-11-22T09:00:00+00:00"),
        cursor_of(1, 2, 3),
        cursor_of(None, None),
        cursor_of([], {}),
        cursor_of("yesterday", "01a20126-8bf2-7712-8fb7-0f3e4fd8a2fb"),
        cursor_of("2026-11-22T09:00:00+00:00", "not a uuid"),
        cursor_of("2026-11-22T09:00:00+00:00", 2**200),
        cursor_of("\0", "\0"),
        cursor_of("\ud800", "\ud800"),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    ],
)
def test_a_cursor_of_ones_own_making_is_refused(street: HallRef, cursor: str) -> None:
    with hall(street), pytest.raises(Invalid) as refused:
        paging.page(
            ApiToken.objects.all(), order=("created_at", "id"), request=asking(cursor=cursor)
        )

    assert (refused.value.status, refused.value.params) == (
        422,
        {"errors": {"cursor": ["invalid"]}},
    )


def test_a_text_that_no_row_can_hold_is_no_cursor(street: HallRef) -> None:
    with hall(street), pytest.raises(Invalid):
        paging.page(
            Department.objects.all(), order=("name",), request=asking(cursor=cursor_of("a\0"))
        )
