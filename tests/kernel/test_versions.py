"""Versions over HTTP: nobody overwrites what they have not seen (security.md §5.4)."""

import pytest
from django.test import RequestFactory

from bancheng.kernel.api import versions
from bancheng.kernel.errors import PreconditionRequired, Stale


def test_a_version_travels_as_a_quoted_tag() -> None:
    assert versions.etag(7) == '"v7"'


@pytest.mark.parametrize("header", ['"v7"', 'W/"v7"', ' "v7" '])
def test_the_version_the_caller_saw_is_read(header: str) -> None:
    request = RequestFactory().post("/", headers={"If-Match": header})

    assert versions.if_match(request) == 7


@pytest.mark.parametrize("headers", [{}, {"If-Match": ""}])
def test_a_step_without_a_version_is_asked_for_one(headers: dict[str, str]) -> None:
    with pytest.raises(PreconditionRequired) as refused:
        versions.if_match(RequestFactory().post("/", headers=headers))

    assert (refused.value.status, refused.value.code) == (428, "if_match_required")


@pytest.mark.parametrize(
    "header", ["*", "7", "v7", '"7"', '"v"', '"v-1"', '"v7", "v8"', '"v²"', '"v1234567890"']
)
def test_a_version_that_cannot_be_read_is_not_the_current_one(header: str) -> None:
    with pytest.raises(Stale) as refused:
        versions.if_match(RequestFactory().post("/", headers={"If-Match": header}))

    assert (refused.value.status, refused.value.params) == (412, {"current": None})
