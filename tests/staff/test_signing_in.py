"""Signing in and out at a hall (security.md §1.2, §2.2)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from apps.staff.models import Post
from bancheng.city.identity import accounts
from bancheng.city.identity.models import Account
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.staff.browser import Browser
from tests.support.counters import queue_in
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db

NAME = "wang.fang"
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def officer(street: HallRef) -> Actor:
    return staff_in(street, Role.DEPT_LEAD, department=department_in(street), username=NAME)


@pytest.fixture
def browser(street: HallRef, officer: Actor) -> Browser:
    return Browser(street)


def code_of(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]  # type: ignore[attr-defined]


def actions(ref: HallRef) -> list[str]:
    with hall(ref):
        return [body["action"] for body in AuditEntry.objects.values_list("body", flat=True)]


def test_nobody_is_told_where_they_are_and_nothing_else(street: HallRef, browser: Browser) -> None:
    body = browser.get("session").json()

    assert body.pop("csrf")
    assert body.pop("now")
    assert body == {
        "authenticated": False,
        "mustChange": False,
        "hall": {
            "id": str(street.id),
            "slug": "street",
            "name": "滨河街道为民服务中心",
            "level": "street",
            "network": "云江市",
            "deskName": "“办不成事”反映窗口",
            "parent_id": str(street.parent_id),
        },
        "account": None,
        "post": None,
        "permissions": [],
    }


def test_a_person_signs_in_with_name_and_password(
    street: HallRef, officer: Actor, browser: Browser
) -> None:
    answer = browser.sign_in(NAME)

    body = answer.json()
    assert (answer.status_code, body["authenticated"]) == (200, True)
    assert body["post"] == {
        "id": str(officer.post_id),
        "name": "测试员",
        "roles": ["dept_lead"],
        "department": {"id": str(officer.department_id), "name": "民政科"},
    }
    assert {"staff.read", "cases.sign"} <= set(body["permissions"])
    assert not {"staff.manage", "cases.dispatch"} & set(body["permissions"])
    assert actions(street)[-1] == "session.begun"
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


def test_wrong_password_and_unknown_name_get_the_same_answer(browser: Browser) -> None:
    answers = [browser.sign_in(NAME, "wrong"), browser.sign_in("no.such.person")]

    assert code_of(answers[0]) == (401, "session.bad_credentials")
    assert answers[0].content == answers[1].content
    assert not browser.signed_in


@pytest.mark.parametrize("field", ["username", "password"])
def test_a_missing_field_is_named(browser: Browser, field: str) -> None:
    given = {"username": NAME, "password": "x"}
    del given[field]

    answer = browser.post("session", given)

    assert code_of(answer) == (422, "invalid")
    assert answer.json()["params"] == {"errors": {field: ["required"]}}


def test_five_wrong_passwords_close_the_door_for_a_quarter_of_an_hour(
    street: HallRef, browser: Browser
) -> None:
    with clock.frozen(AT):
        wrong = [browser.sign_in(NAME, "wrong").status_code for _ in range(5)]
        closed = browser.sign_in(NAME)
    with clock.frozen(AT + timedelta(minutes=14, seconds=59)):
        still = browser.sign_in(NAME)
    with clock.frozen(AT + timedelta(minutes=15)):
        again = browser.sign_in(NAME)

    assert wrong == [401] * 5
    assert code_of(closed) == code_of(still) == (429, "session.locked")
    assert closed.json()["params"] == {"until": "2026-11-23T01:15:00+00:00"}
    assert again.status_code == 200
    assert actions(street).count("session.locked") == 1


def test_the_right_password_forgives_the_wrong_ones_before(browser: Browser) -> None:
    statuses = []
    for _ in range(2):
        statuses += [browser.sign_in(NAME, "wrong").status_code for _ in range(4)]
        statuses.append(browser.sign_in(NAME).status_code)

    assert statuses == [401, 401, 401, 401, 200] * 2


def test_one_persons_closed_door_is_nobody_elses(street: HallRef, browser: Browser) -> None:
    staff_in(street, Role.DESK_OFFICER, username="li.na")
    for _ in range(5):
        browser.sign_in(NAME, "wrong")

    assert browser.sign_in("li.na").status_code == 200


def test_a_door_closed_in_one_hall_is_open_in_another(
    street: HallRef, other_street: HallRef, officer: Actor, browser: Browser
) -> None:
    with hall(other_street):
        assert officer.account_id is not None
        accounts.join(officer.account_id)
        Post.objects.create(account_id=officer.account_id, username=NAME, name="测试员")
    for _ in range(5):
        browser.sign_in(NAME, "wrong")

    assert browser.sign_in(NAME).status_code == 429
    assert Browser(other_street).sign_in(NAME).status_code == 200


def test_the_right_password_without_a_post_here_is_told_apart(
    street: HallRef, browser: Browser
) -> None:
    with hall(street):
        Post.objects.filter(username=NAME).update(active=False)

    assert code_of(browser.sign_in(NAME)) == (403, "session.no_post_here")
    assert code_of(browser.sign_in(NAME, "wrong")) == (401, "session.bad_credentials")


def test_an_account_that_was_closed_signs_in_nowhere(street: HallRef, browser: Browser) -> None:
    with hall(street):
        Account.objects.filter(username=NAME).update(active=False)

    assert code_of(browser.sign_in(NAME)) == (401, "session.bad_credentials")


def test_signing_in_changes_the_sessions_key(browser: Browser) -> None:
    keys = []
    for _ in range(2):
        browser.sign_in(NAME)
        keys.append(browser.http.cookies[settings.SESSION_COOKIE_NAME].value)

    assert keys[0] != keys[1]


def test_signing_out_ends_the_session_at_once(street: HallRef, browser: Browser) -> None:
    browser.sign_in(NAME)
    cookie = browser.http.cookies[settings.SESSION_COOKIE_NAME].value

    answer = browser.send("DELETE", "session")

    stolen = Browser(street)
    stolen.http.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert (answer.status_code, browser.signed_in, stolen.signed_in) == (204, False, False)


def test_a_session_ends_after_thirty_idle_minutes(browser: Browser) -> None:
    with clock.frozen(AT):
        browser.sign_in(NAME)
    with clock.frozen(AT + timedelta(minutes=30)):
        used = browser.signed_in
    with clock.frozen(AT + timedelta(minutes=60)):
        used_again = browser.signed_in
    with clock.frozen(AT + timedelta(minutes=90, seconds=1)):
        idle = browser.signed_in
        refused = browser.get("staff").status_code

    assert (used, used_again, idle, refused) == (True, True, False, 401)


def test_a_session_ends_after_twelve_hours_however_busy(browser: Browser) -> None:
    with clock.frozen(AT):
        browser.sign_in(NAME)
    alive = []
    for minutes in (*range(20, 721, 20), 721):
        with clock.frozen(AT + timedelta(minutes=minutes)):
            alive.append(browser.signed_in)

    assert alive == [True] * 36 + [False]


def test_a_person_whose_post_ends_is_out_at_once(street: HallRef, browser: Browser) -> None:
    browser.sign_in(NAME)
    with hall(street):
        Post.objects.filter(username=NAME).update(active=False)

    assert (browser.signed_in, browser.get("staff").status_code) == (False, 401)


def test_a_role_that_is_lost_is_lost_at_once(street: HallRef, browser: Browser) -> None:
    browser.sign_in(NAME)
    with hall(street):
        Post.objects.filter(username=NAME).update(roles=["analyst"])

    assert browser.get("session").json()["post"]["roles"] == ["analyst"]
    assert browser.get("staff").status_code == 403


class TestForgedRequests:
    """A page of another site can make a browser send cookies, but not the header."""

    @pytest.fixture
    def browser(self, street: HallRef) -> Browser:
        staff_in(street, Role.HALL_ADMIN, username=NAME)
        made = Browser(street)
        made.sign_in(NAME)
        return made

    @pytest.mark.parametrize("token", ["", "x" * 64])
    def test_a_cookie_without_the_right_header_changes_nothing(
        self, street: HallRef, browser: Browser, token: str
    ) -> None:
        queue = queue_in(street)

        answers = [
            browser.post(
                "tickets", {"queue": queue}, X_CSRFToken=token, **{"Idempotency-Key": "k"}
            ),
            browser.send("DELETE", "session", X_CSRFToken=token),
        ]

        assert [code_of(answer) for answer in answers] == [(403, "csrf_failed")] * 2
        assert browser.signed_in

    def test_with_the_header_it_is_the_persons_own_wish(
        self, street: HallRef, browser: Browser
    ) -> None:
        answer = browser.post("tickets", {"queue": queue_in(street)}, **{"Idempotency-Key": "k"})

        assert answer.status_code == 201

    def test_a_foreign_origin_is_refused_even_with_a_token(
        self, street: HallRef, other_street: HallRef, browser: Browser
    ) -> None:
        """A sibling hall can toss cookies; no origin is trusted but one's own."""
        answer = browser.post(
            "tickets",
            {"queue": queue_in(street)},
            **{"Idempotency-Key": "k", "Origin": f"http://{other_street.host}"},
        )

        assert code_of(answer) == (403, "csrf_failed")

    def test_a_form_cannot_be_sent_at_all(self, street: HallRef, browser: Browser) -> None:
        """Neither with a cookie, where the check would read the body, nor to sign in."""
        headers = browser.headers | {"X-CSRFToken": browser.token, "Idempotency-Key": "k"}

        answers = [
            browser.http.post(f"/api/v1/{path}", {"queue": "x"}, headers=headers)
            for path in ("tickets", "session")
        ]

        assert [code_of(answer) for answer in answers] == [(415, "unsupported_media_type")] * 2
