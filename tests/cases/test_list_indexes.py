"""Every filter and every part of an order has an index that PostgreSQL can use for it.

The shape of the plan, not its time: without scans of the whole table the planner has to name the
index whose condition the query satisfies.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection

from apps.cases.listing import sorts, words
from apps.cases.listing.narrowing import narrowed
from apps.cases.listing.wanted import Wanted
from apps.cases.models import CaseText
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
POST = UUID("0198c0de-0000-7000-8000-000000000001")


@pytest.fixture
def team(street: HallRef) -> Iterator[Team]:
    made = Team(street)
    made.registered()
    with hall(street), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield made


FILTERS = [
    (Wanted(cause="hard"), "case_cause"),
    (Wanted(blocking_reasons=["B2", "B3"]), "case_reason"),
    (Wanted(outcomes=["done"]), "case_outcome"),
    (Wanted(urgency="urgent"), "case_urgent"),
    (Wanted(channel="phone"), "case_channel"),
    (Wanted(department=POST), "case_of_unit"),
    (Wanted(first_responder=POST), "case_responder"),
    (Wanted(handler=POST), "case_handler"),
    (Wanted(confidential=True), "case_confidential"),
    (Wanted(reopened=True), "case_reopened"),
    (Wanted(referral="in"), "case_(came|letter_once)"),
    (Wanted(referral="out"), "case_(sent|referred)"),
    (Wanted(states=["signed", "replied"]), "case_open"),
    (Wanted(due="overdue"), "case_due"),
]


@pytest.mark.parametrize(("wanted", "index"), FILTERS, ids=[index for _, index in FILTERS])
def test_a_filter_has_its_index(team: Team, wanted: Wanted, index: str) -> None:
    """performance.md W3, W4: nothing on the allow-list needs a look at every case."""
    plan = narrowed(wanted, team.desk).order_by().values("id").explain()

    assert index_used(plan, index), plan


def test_pieces_of_words_have_their_index(team: Team) -> None:
    """performance.md W4: the condition alone, for among a handful of cases any join is as good."""
    pieces = words.pieces_of_word("姓名")

    plan = CaseText.every.filter(pieces__contains=sorted(pieces)).values("case_id").explain()

    assert "case_text_pieces" in plan, plan


def test_a_department_sees_its_cases_through_indexes(team: Team) -> None:
    """domain.md §4.1: led, assisted and helped with are each found by an index."""
    plan = narrowed(Wanted(), team.handler).order_by().values("id").explain()

    for index in ("case_of_unit", "case_assisting", "case_helpers"):
        assert index in plan, plan


@pytest.mark.parametrize(
    "name", ["-registered_at", "registered_at", "due_at", "-closed_at", "number"]
)
def test_an_order_follows_its_index(team: Team, name: str) -> None:
    """performance.md W3: a page is read along the order, it is not sorted."""
    part = sorts.of(name).parts[0]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    rows = narrowed(Wanted(), team.desk).filter(part.when)

    plan = rows.order_by(*part.order).values("id")[:26].explain()

    assert "Index" in plan, plan
    assert "Sort" not in plan, plan


def index_used(plan: str, index: str) -> bool:
    names = index.replace("case_(", "").rstrip(")").split("|") if "(" in index else []
    return any(f"case_{name}" in plan for name in names) or index in plan
