"""One's own account: another password, the sessions (security.md §1.2, ASVS 6.2, 7.4)."""

from datetime import timedelta
from typing import Any

import pytest

from apps.staff.services import issue_token
from bancheng.city.identity.models import Account
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.staff.browser import Browser
from tests.support.clients import caller_for
from tests.support.people import PASSWORD, staff_in

pytestmark = pytest.mark.django_db

NAME, GOOD = "wang.fang", "Zhaowo-Shuo 2026"


@pytest.fixture
def person(street: HallRef) -> Actor:
    return staff_in(street, Role.WINDOW_CLERK, username=NAME)


@pytest.fixture
def browser(street: HallRef, person: Actor) -> Browser:
    made = Browser(street)
    made.sign_in(NAME)
    return made


def change(browser: Browser, old: str, new: str) -> Any:
    return browser.post("account/password", {"old": old, "new": new})


def password_of(ref: HallRef) -> str:
    with hall(ref):
        return Account.objects.get(username=NAME).password


def test_a_password_is_changed_and_every_other_session_ends(
    street: HallRef, browser: Browser
) -> None:
    elsewhere = Browser(street)
    elsewhere.sign_in(NAME)

    answer = change(browser, PASSWORD, GOOD)

    assert (answer.status_code, browser.signed_in, elsewhere.signed_in) == (204, True, False)
    assert Browser(street).sign_in(NAME).status_code == 401
    assert Browser(street).sign_in(NAME, GOOD).status_code == 200


def test_without_the_old_one_nothing_changes(street: HallRef, browser: Browser) -> None:
    before = password_of(street)

    answer = change(browser, "wrong", GOOD)

    assert (answer.status_code, answer.json()["code"]) == (422, "password.wrong")
    assert password_of(street) == before


def test_an_open_session_does_not_find_the_password_out_by_trying(
    street: HallRef, browser: Browser
) -> None:
    before = password_of(street)

    tried = [change(browser, f"wrong {n}", GOOD).status_code for n in range(5)]
    closed = change(browser, PASSWORD, GOOD)

    assert tried == [422] * 5
    assert (closed.status_code, closed.json()["code"]) == (429, "session.locked")
    assert Browser(street).sign_in(NAME).status_code == 429
    assert password_of(street) == before


@pytest.mark.parametrize(
    ("new", "reasons"),
    [
        ("Ab1-", ["too_short"]),
        ("zhaowoshuo", ["too_plain"]),
        ("Wang.Fang-2026", ["contains_name"]),
        ("Password-123", ["common"]),
        ("Woaini-1314!", ["common"]),
        ("aA1aA1aA1aA1", ["common"]),
        (PASSWORD, ["too_plain"]),
    ],
)
def test_a_weak_one_is_refused_with_every_reason(
    street: HallRef, browser: Browser, new: str, reasons: list[str]
) -> None:
    before = password_of(street)

    answer = change(browser, PASSWORD, new)

    assert (answer.status_code, answer.json()["code"]) == (422, "password.weak")
    assert answer.json()["params"] == {"reasons": reasons, "length": 10, "classes": 3}
    assert password_of(street) == before


def test_the_last_five_are_not_used_again(browser: Browser) -> None:
    """GB/T 22239 8.1.4.1; history of five."""
    old = PASSWORD
    for number in range(6):
        assert change(browser, old, f"{GOOD}{number}").status_code == 204
        old = f"{GOOD}{number}"

    statuses = [change(browser, old, f"{GOOD}{number}").status_code for number in (5, 4, 1, 0)]

    assert statuses == [422, 422, 422, 204]


def test_a_password_of_more_than_ninety_days_opens_nothing_but_its_change(
    street: HallRef, person: Actor
) -> None:
    with hall(street):
        Account.objects.update(changed_at=clock.now() - timedelta(days=91))
    browser = Browser(street)

    told = browser.sign_in(NAME).json()["mustChange"]
    closed = browser.get("windows").json()["code"]
    own = browser.get("account").json()
    changed = change(browser, PASSWORD, GOOD)

    assert (told, closed) == (True, "session.password_change_required")
    assert (own["username"], own["must_change"]) == (NAME, True)
    assert own["policy"] == {"length": 10, "classes": 3, "remembered": 5}
    assert (changed.status_code, browser.get("windows").status_code) == (204, 200)
    assert browser.get("session").json()["mustChange"] is False


def test_one_sees_and_ends_ones_own_sessions(street: HallRef, browser: Browser) -> None:
    elsewhere = Browser(street)
    elsewhere.sign_in(NAME)
    sessions = browser.get("account").json()["sessions"]
    other = next(one for one in sessions if not one["here"])

    answer = browser.send("DELETE", f"account/sessions/{other['id']}")
    again = browser.send("DELETE", f"account/sessions/{other['id']}")

    assert [one["here"] for one in sessions].count(True) == 1
    assert (answer.status_code, elsewhere.signed_in, browser.signed_in) == (204, False, True)
    assert (again.status_code, again.json()["code"]) == (404, "account.no_session")


def test_nobody_ends_the_sessions_of_another(street: HallRef, browser: Browser) -> None:
    staff_in(street, Role.GREETER, username="li.na")
    other = Browser(street)
    other.sign_in("li.na")
    mine = browser.get("account").json()["sessions"][0]["id"]

    answer = other.send("DELETE", f"account/sessions/{mine}")

    assert (answer.status_code, browser.signed_in) == (404, True)


def test_a_token_opens_no_session_of_another_person(street: HallRef, browser: Browser) -> None:
    """Who was told a one-time password does not get past its change with a token of her own."""
    knows = staff_in(street, Role.HALL_ADMIN, username="li.na")
    assert knows.post_id is not None
    with hall(street):
        Account.objects.filter(username=NAME).update(must_change=True)
        given = {"name": "x", "scopes": None, "expires_at": None}
        secret = issue_token(post_id=knows.post_id, by=knows, **given)  # type: ignore[arg-type]
    browser.sign_in(NAME)

    body = {"old": PASSWORD, "new": GOOD}
    answer = browser.post("account/password", body, Authorization=f"Bearer {secret}")

    assert answer.status_code == 204
    refused = browser.get("windows")
    assert (refused.status_code, refused.json()["code"]) == (
        403,
        "session.password_change_required",
    )


def test_a_narrowed_token_does_not_change_a_password(street: HallRef, person: Actor) -> None:
    caller = caller_for(street, person, scopes=["windows.read"])
    before = password_of(street)

    answer = caller.post("account/password", {"old": PASSWORD, "new": GOOD}, key=None)

    assert answer.status_code == 403
    assert password_of(street) == before
