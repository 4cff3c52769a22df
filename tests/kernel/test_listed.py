"""Plain rows are those of `values()`: same columns, same filters, same order."""

import pytest
from django.db.models import Q

from apps.cases.models import Case
from bancheng.kernel.database.listed import listed
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
NAMES = ("id", "number", "pauses", "referral", "due_at", "helpers", "applicant__name_mask")


@pytest.fixture
def team(street: HallRef) -> Team:
    made = Team(street)
    made.signed()
    made.registered()
    made.closed()
    return made


@pytest.mark.parametrize(
    "condition",
    [
        Q(),
        Q(state__in=["signed", "closed"]),
        Q(text__plain__contains="姓名") & ~Q(state="closed"),
        Q(applicant__name_mask="nobody"),
        ~Q(applicant__name_mask="nobody") & Q(text__plain__contains="姓名"),
    ],
    ids=str,
)
def test_the_rows_of_a_filter(team: Team, condition: Q) -> None:
    """performance.md W3: what is filtered by another table is joined once more, not instead."""
    with hall(team.ref):
        rows = Case.objects.filter(condition).order_by("-registered_at", "-id")[:2]

        assert listed(rows, NAMES) == list(rows.values(*NAMES))


def test_nothing_fits(team: Team) -> None:
    """An empty choice is an empty page, not an error."""
    with hall(team.ref):
        assert listed(Case.objects.none(), NAMES) == []
