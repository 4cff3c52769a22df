"""QR codes lead to pages of the hall that drew them and nowhere else."""

from typing import Any

import pytest
from django.test import Client

from bancheng.kernel.hall import HallRef

pytestmark = pytest.mark.django_db


def drawn(ref: HallRef, to: str) -> Any:
    return Client().get("/qr.svg", {"to": to}, headers={"Host": ref.host})


def test_a_tickets_page_and_a_pairing_are_drawn(street: HallRef) -> None:
    for to in ("/p/t/7KQ2MFXD", "/screens?code=AB23CD"):
        answer = drawn(street, to)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        assert answer.content.startswith(b"<svg")
        assert b"script" not in answer.content


@pytest.mark.parametrize(
    "to", ["", "https://example.org/", "//example.org/p/", "/desk", "/p/../desk", "/p/t/x?y=1"]
)
def test_no_other_place_travels_under_the_halls_name(street: HallRef, to: str) -> None:
    assert drawn(street, to).status_code == 404
