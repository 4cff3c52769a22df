"""Case numbers: short, random, and never run out."""

import pytest

from apps.cases.services import registration
from bancheng.kernel import clock, ids
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db


def test_a_number_is_the_day_and_four_digits(street: HallRef) -> None:
    with hall(street):
        number = registration.free_number()

    assert number[:13] == f"BCS-{clock.today():%Y%m%d}-"
    assert len(number) == 17
    assert number[13:].isdigit()


def test_a_day_whose_draws_are_all_taken_gets_longer_numbers(
    street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ids, "digits", lambda count: "7" * count)
    first = Team(street).registered()

    with hall(street):
        second = registration.free_number()

    assert first.number.endswith("-7777")
    assert second.endswith("-777777")
