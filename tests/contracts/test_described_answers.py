"""The published description says what the addresses really do: keys, versions, events, shapes."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from jsonschema import Draft202012Validator

from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
Operation = dict[str, Any]


@cache
def described() -> dict[str, Any]:
    text = (settings.ROOT / "frontend" / "openapi" / "schema.yml").read_text()
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def operations(method: str) -> Iterator[tuple[str, Operation]]:
    for path, methods in described()["paths"].items():
        if method in methods:
            yield path, methods[method]


def is_a_file(operation: Operation) -> bool:
    """A sheet or a paper: the tests of its app open it."""
    return "application/json" not in operation["responses"]["200"].get("content", {})


def takes_a_file(operation: Operation) -> bool:
    content = operation.get("requestBody", {}).get("content", {})
    return bool(content) and "application/json" not in content


def asked_headers(operation: Operation) -> dict[str, bool]:
    """The request's headers and whether they must be there."""
    found = operation.get("parameters", [])
    return {one["name"]: one.get("required", False) for one in found if one["in"] == "header"}


def address(path: str) -> str:
    return re.sub(r"\{[a-z_]+\}", lambda _: str(uuid4()), path)


@pytest.fixture
def everybody(street: HallRef) -> Caller:
    return caller_for(street, staff_in(street, *Role))


def test_a_key_is_asked_for_exactly_where_the_description_asks(everybody: Caller) -> None:
    """But for files: who sends one is looked at before anything else, so that nothing is read for
    nothing (tests/attachments)."""
    told, done = {}, {}
    for path, operation in operations("post"):
        if takes_a_file(operation):
            continue
        answer = everybody.post(address(path), key=None)
        told[path] = asked_headers(operation).get("Idempotency-Key", False)
        done[path] = answer.json().get("code") == "idempotency.key_required"

    assert done == told
    assert sum(told.values()) > 20


def test_a_version_is_asked_for_exactly_where_the_description_asks(everybody: Caller) -> None:
    told, done = {}, {}
    for path, operation in operations("post"):
        if "Idempotency-Key" in asked_headers(operation):
            answer = everybody.post(address(path))
            told[path] = asked_headers(operation).get("If-Match", False)
            done[path] = answer.status_code == 428

    assert done == told
    assert sum(told.values()) > 90


def test_every_refusal_met_on_the_way_is_described(everybody: Caller) -> None:
    for path, operation in operations("post"):
        for answer in (everybody.post(address(path), key=None), everybody.post(address(path))):
            assert str(answer.status_code) in operation["responses"], (path, answer.content)


def test_what_is_read_has_the_described_shape_and_headers(street: HallRef, city: HallRef) -> None:
    case, *_ = a_busy_hall(street)
    queue = queue_in(street, "Y")
    read = {"/api/v1/portal/track"}  # asks for a cookie; tests/portal reads it
    for path, operation in operations("get"):
        if "{" in path or path in read or is_a_file(operation):
            continue
        ref = city if path.startswith("/api/v1/city/") else street
        caller = caller_for(ref, staff_in(ref, *Role))

        answer = caller.get(
            path + QUERIES.get(path, "").format(hall=street.id, queue=queue, case=case)
        )

        assert answer.status_code == 200, (path, answer.content)
        matches(answer, operation, path)


def test_one_of_each_kind_has_the_described_shape_and_headers(street: HallRef) -> None:
    case, ticket, window, caller = a_busy_hall(street)
    seen = caller.get(f"cases/{case}").json()
    deadline = seen["deadlines"][0]["id"]
    addresses = {
        "/api/v1/cases/{case_id}": f"cases/{case}",
        "/api/v1/tickets/{ticket_id}": f"tickets/{ticket}",
        "/api/v1/windows/{window_id}": f"windows/{window}",
        "/api/v1/deadlines/{deadline_id}/explanation": f"deadlines/{deadline}/explanation",
    }
    for path, place in addresses.items():
        matches(caller.get(place), described()["paths"][path]["get"], path)


_SPAN = "?from=2026-11-01&to=2026-11-20"
QUERIES = {
    "/api/v1/duty": _SPAN,
    "/api/v1/intake/figures": _SPAN,
    "/api/v1/guidance/effect": _SPAN,
    "/api/v1/events": "?topic=desk&after=0",
    "/api/v1/city/facts": "?hall={hall}",
    "/api/v1/appointments/slots": "?queue={queue}&day=2026-11-20",
    "/api/v1/portal/booking/slots": "?queue={queue}&day=2026-11-20",
    "/api/v1/papers": "?case={case}",
}


def a_busy_hall(ref: HallRef) -> tuple[Any, Any, Any, Caller]:
    """A case, a ticket and a window of a hall, and somebody who may see them."""
    team = Team(ref)
    case = team.triaged()
    queue = queue_in(ref)
    window = window_in(ref, [queue])
    ticket = tickets_in(ref, queue)[0]
    return case.id, ticket.id, window, caller_for(ref, staff_in(ref, *Role))


def matches(answer: Any, operation: Operation, path: str) -> None:
    """Body and headers are those of the description's 200."""
    promised = operation["responses"]["200"]
    shape = promised["content"]["application/json"]["schema"]
    whole = {**shape, "components": described()["components"]}
    problems = [error.message for error in Draft202012Validator(whole).iter_errors(answer.json())]
    assert problems == [], path
    for header in ("ETag", "X-Event-Seq"):
        assert (header in answer.headers) is (header in promised.get("headers", {})), (path, header)
