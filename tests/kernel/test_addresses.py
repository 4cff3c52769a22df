"""Every address is found by its first word as it is found by trying them all."""

from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import Resolver404, URLPattern, URLResolver, include, path

from bancheng.config.urls import api
from bancheng.kernel.api.addresses import Addresses
from tests.contracts.routes import PREFIX, offered


def view(request: object) -> HttpResponse:
    """Never called."""
    raise AssertionError


def other(request: object) -> HttpResponse:
    """Never called."""
    raise AssertionError


FEW: list[URLPattern | URLResolver] = [
    path("cases", view),
    path("cases/<uuid:case_id>", view),
    path("cases/<str:word>", other),
    path("board", other),
]


def test_the_first_that_fits_answers() -> None:
    found = Addresses("api/", FEW)

    assert found.resolve("api/cases").func is view
    assert found.resolve("api/cases/x").func is other
    assert found.resolve("api/board").func is other


@pytest.mark.parametrize("wrong", ["api/cases/", "api/board/x", "api/none", "api/", "board", ""])
def test_what_is_no_address_is_none(wrong: str) -> None:
    with pytest.raises(Resolver404):
        Addresses("api/", FEW).resolve(wrong)


def test_every_address_leads_where_it_led() -> None:
    """The whole interface: no address hides behind the first word of another."""
    quick, slow = Addresses(PREFIX, api), path(PREFIX, include(api))
    asked = {one.partition(" ")[2] for one in offered()}
    ids = (str(UUID(int=7)), "2026-11-22", "7", "word")
    led = 0
    for address in (one.replace("<id>", given) for one in asked for given in ids):
        before = tried(slow, PREFIX + address)
        assert tried(quick, PREFIX + address) == before, address
        led += before is not None
    assert led >= len(asked)


def tried(resolver: URLResolver, address: str) -> tuple[object, ...] | None:
    try:
        found = resolver.resolve(address)
    except Resolver404:
        return None
    return found.func, found.kwargs, found.route
