"""What belongs to one hall opens nothing at another: sessions, tokens, devices, hosts."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from apps.staff import services
from apps.staff.authentication import DEVICE_COOKIE
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import Caller, caller_for
from tests.support.people import PASSWORD, staff_in

pytestmark = pytest.mark.django_db


def signed_in(ref: HallRef, username: str = "wang.fang") -> str:
    """The session cookie's value."""
    staff_in(ref, Role.HALL_ADMIN, username=username)
    http = Client()
    answer = http.post(
        "/api/v1/session",
        json.dumps({"username": username, "password": PASSWORD}),
        content_type="application/json",
        headers={"Host": ref.host},
    )
    assert answer.status_code == 200
    return http.cookies[settings.SESSION_COOKIE_NAME].value


def carrying(cookie: str) -> Client:
    http = Client()
    http.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return http


def session_at(cookie: str, ref: HallRef) -> Any:
    return carrying(cookie).get("/api/v1/session", headers={"Host": ref.host}).json()


@pytest.mark.parametrize("elsewhere", ["other_street", "district", "stranger"])
def test_a_session_of_one_hall_is_nobodys_at_another(
    street: HallRef, elsewhere: str, request: pytest.FixtureRequest
) -> None:
    other: HallRef = request.getfixturevalue(elsewhere)
    cookie = signed_in(street)
    staff_in(other, Role.HALL_ADMIN, username="li.na")

    there = session_at(cookie, other)
    refused = carrying(cookie).get("/api/v1/staff", headers={"Host": other.host})
    here = session_at(cookie, street)

    assert (there["authenticated"], there["post"], there["permissions"]) == (False, None, [])
    assert (refused.status_code, here["authenticated"]) == (401, True)


def test_a_session_row_that_was_carried_over_still_names_its_hall(
    street: HallRef, other_street: HallRef
) -> None:
    """As if somebody had restored one hall's rows into another."""
    cookie = signed_in(street)
    with hall(street):
        row = Session.objects.get(session_key=cookie)
    with hall(other_street):
        Session.objects.bulk_create([row])

    assert session_at(cookie, other_street)["authenticated"] is False
    assert session_at(cookie, street)["authenticated"] is True


def test_an_api_token_of_one_hall_is_refused_at_another(
    street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    home = caller_for(street, staff_in(street, Role.HALL_ADMIN))
    token = home._headers["Authorization"].removeprefix("Bearer ")

    answers = [Caller(ref, token).get("staff") for ref in (street, other_street, stranger)]

    assert [answer.status_code for answer in answers] == [200, 401, 401]
    assert answers[1].content == Caller(other_street, "bct_unknown").get("staff").content


def test_a_display_of_one_hall_shows_nothing_of_another(
    street: HallRef, other_street: HallRef
) -> None:
    with hall(street):
        secret = services.pair_device(name="大屏", kind="display", by=SYSTEM)
    http = Client()
    http.cookies[DEVICE_COOKIE] = secret

    statuses = [
        http.get("/api/v1/display/state", headers={"Host": ref.host}).status_code
        for ref in (street, other_street)
    ]
    link = http.get(f"/display/?device={secret}", headers={"Host": other_street.host})

    assert statuses == [200, 401]
    assert (link.status_code, DEVICE_COOKIE in link.cookies) == (302, False)


def test_an_account_is_unknown_to_a_hall_where_it_holds_no_post(
    street: HallRef, other_street: HallRef
) -> None:
    """Its right password is answered there like any unknown name."""
    staff_in(street, Role.HALL_ADMIN, username="wang.fang")

    answers = [
        Caller(other_street).post("session", {"username": name, "password": PASSWORD})
        for name in ("wang.fang", "no.such.person")
    ]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    "host",
    ["", "street", "street.localhost.evil", "evil.street.localhost", "street.localhost@x", "[::1]"],
)
def test_a_host_that_is_not_exactly_a_halls_is_unknown(street: HallRef, host: str) -> None:
    answer = Client().get("/api/v1/session", headers={"Host": host})

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_host")


@pytest.mark.parametrize("host", ["street.localhost:8000", "STREET.localhost", "street.localhost."])
def test_port_case_and_final_dot_do_not_matter(street: HallRef, host: str) -> None:
    answer = Client().get("/api/v1/session", headers={"Host": host})

    assert answer.json()["hall"]["slug"] == "street"


def test_a_forwarded_host_changes_nothing(street: HallRef, other_street: HallRef) -> None:
    answer = Client().get(
        "/api/v1/session", headers={"Host": street.host, "X-Forwarded-Host": other_street.host}
    )

    assert answer.json()["hall"]["slug"] == "street"


def test_an_actor_of_one_hall_is_unknown_to_anothers_tables(
    street: HallRef, other_street: HallRef
) -> None:
    actor: Actor = staff_in(street, Role.HALL_ADMIN)

    answer = caller_for(street, actor).get("staff")
    elsewhere = caller_for(other_street, staff_in(other_street, Role.HALL_ADMIN)).get("staff")

    assert str(actor.post_id) in answer.content.decode()
    assert str(actor.post_id) not in elsewhere.content.decode()
