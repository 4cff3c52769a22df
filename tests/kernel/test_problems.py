"""Every no leaves as problem+json with a stable code (RFC 9457), and never as a server error."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client
from psycopg import errors as pg_errors
from rest_framework.exceptions import Throttled

from bancheng.config import celery, urls
from bancheng.kernel.actor import Role
from bancheng.kernel.api import problem
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import HallRef
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

LOADED = (celery, urls)  # every refusal of every app is known once these are imported


def refusals(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in base.__subclasses__():
        yield kind
        yield from refusals(kind)


def says(answer: Any) -> tuple[int, str, str]:
    """Status, media type and code of an answer."""
    body = answer.json()
    assert body["status"] == answer.status_code
    assert set(body) <= {"type", "title", "status", "code", "params", "instance", "allowed"}
    return answer.status_code, answer.headers["Content-Type"], body["code"]


PROBLEM = "application/problem+json"
WELL_FORMED = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)?").fullmatch


def test_every_refusal_becomes_its_own_code_status_and_parameters() -> None:
    assert len(list(refusals())) > 15
    for kind in refusals():
        answer = problem.handle(kind(case="c1"), {})

        assert answer is not None
        assert (answer.status_code, answer.content_type) == (kind.status, PROBLEM)
        assert (answer.data["code"], answer.data["params"]) == (kind.code, {"case": "c1"})
        assert answer["Cache-Control"] == "no-store"


def test_codes_are_well_formed_and_each_belongs_to_one_refusal() -> None:
    codes = [kind.code for kind in refusals()]

    assert [
        code for code in codes if not re.fullmatch(r"[a-z][a-z_]*(\.[a-z][a-z_]*)?", code)
    ] == []
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_what_is_allowed_instead_stands_beside_the_code() -> None:
    answer = problem.body("cases.step_not_allowed", 409, {"state": "closed", "allowed": ["reopen"]})

    assert answer["allowed"] == ["reopen"]


def _locked() -> OperationalError:
    error = OperationalError()
    error.__cause__ = pg_errors.LockNotAvailable()
    return error


@pytest.mark.parametrize(
    ("error", "status", "code", "retry_after"),
    [
        (_locked(), 409, "busy", "1"),
        (OperationalError("server closed the connection"), 503, "database_unavailable", "5"),
        (RequestDataTooBig(), 413, "body_too_large", None),
        (SuspiciousOperation(), 400, "bad_request", None),
        (Throttled(wait=30), 429, "throttled", "30"),
    ],
)
def test_other_errors_have_codes_too(
    error: Exception, status: int, code: str, retry_after: str | None
) -> None:
    answer = problem.handle(error, {})

    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (status, code)
    assert answer.headers.get("Retry-After") == retry_after


def test_an_error_that_nobody_planned_is_not_hidden() -> None:
    assert problem.handle(ZeroDivisionError(), {}) is None


@pytest.mark.django_db
class TestOverHttp:
    @pytest.mark.parametrize(
        "address", ["/api/v1/nothing", "/api/", "/api/v2/session", "/static/x"]
    )
    def test_an_unknown_address_is_a_problem_and_not_the_page(
        self, street: HallRef, address: str
    ) -> None:
        assert says(Caller(street).get(address)) == (404, PROBLEM, "not_found")

    def test_a_body_nested_too_deeply_is_the_senders_mistake(self, street: HallRef) -> None:
        answer = Caller(street).post("session", b"[" * 200_000)

        assert says(answer) == (400, PROBLEM, "parse_error")

    @pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"username": NaN}'])
    def test_a_body_that_is_no_json_is_the_senders_mistake(
        self, street: HallRef, body: bytes
    ) -> None:
        assert says(Caller(street).post("session", body)) == (400, PROBLEM, "parse_error")

    @pytest.mark.parametrize("path", ["session", "tickets"])
    def test_a_body_over_the_limit_is_refused(self, street: HallRef, path: str) -> None:
        """2 MB (security.md §8), whether the view or the key's digest reads the body first."""
        caller = caller_for(street, staff_in(street, Role.HALL_ADMIN))
        body = b'"' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"'

        assert says(caller.post(path, body)) == (413, PROBLEM, "body_too_large")

    def test_only_json_is_read(self, street: HallRef) -> None:
        answer = Client().post("/api/v1/session", {"username": "x"}, headers={"Host": street.host})

        assert says(answer) == (415, PROBLEM, "unsupported_media_type")

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "OPTIONS", "TRACE"])
    def test_a_method_that_is_not_offered_is_refused(self, street: HallRef, method: str) -> None:
        caller = caller_for(street, staff_in(street, Role.HALL_ADMIN))

        answer = caller._send(method, "staff", {}, {})

        assert says(answer) == (405, PROBLEM, "method_not_allowed")

    @pytest.mark.parametrize("name", ["a\0b", "\ud800"])
    def test_a_text_that_no_row_can_hold_is_invalid(self, street: HallRef, name: str) -> None:
        answer = Caller(street).post("session", {"username": name, "password": "x"})

        assert says(answer) == (422, PROBLEM, "invalid")
        assert list(json.loads(answer.content)["params"]["errors"]) == ["username"]

    def test_a_refusal_does_not_undo_what_stands_around_it(self, street: HallRef) -> None:
        Caller(street).post("session", {"username": "nobody.here", "password": "x"})

        assert not connection.needs_rollback

    def test_an_unknown_host_is_told_nothing_else(self, street: HallRef) -> None:
        answers = [
            Client().get(path, headers={"Host": "nowhere.localhost"})
            for path in ("/", "/api/v1/session", "/api/v1/staff", "/display/", "/p/")
        ]

        assert {says(answer) for answer in answers} == {(404, PROBLEM, "unknown_host")}

    def test_a_crash_tells_its_reader_nothing(
        self, street: HallRef, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("apps.staff.api.session.session_body", _crash)

        answer = Caller(street).get("session")

        assert says(answer) == (500, PROBLEM, "server_error")
        assert b"secret" not in answer.content


def _crash(*_: object) -> None:
    raise ZeroDivisionError("the secret inside")
