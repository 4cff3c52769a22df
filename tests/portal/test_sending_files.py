"""A citizen sends a file from the page of the own case, and nobody else's."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from apps.attachments import queries
from apps.attachments.models import Attachment
from apps.cases.models import Case, CaseEvent
from apps.notices.models import Notice
from apps.portal import limits
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, hall
from tests.attachments.test_what_is_taken_in import on_disk
from tests.portal.test_answering import opened
from tests.support.cases import Team
from tests.support.clients import Caller
from tests.support.files import TEXT, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_buckets() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


def send(team: Team, cookie: str, name: str, content: bytes, key: str = "fresh") -> Any:
    told = {"X-File-Name": quote(name), "Cookie": cookie}
    return Caller(team.ref).post("portal/attachments", content, key=key, **told)  # type: ignore[arg-type]


def test_a_file_reaches_whoever_handles_the_case(street: HallRef) -> None:
    """The page says that files may be sent; the handler is told, and nobody's name is put down."""
    team = Team(street)
    case = team.in_progress()
    page, cookie = opened(team, case)

    answer = send(team, cookie, "补充照片.png", picture("png"))

    assert page["files"]["open"]
    assert answer.status_code == 201, answer.content
    with hall(street):
        (file,) = queries.shelf("case", case.id, team.handler).results
        line = CaseEvent.objects.filter(case=case).latest("seq")
        told = Notice.objects.filter(kind="cases.citizen_filed").count()
    assert (file.name, file.from_citizen, file.added_by) == ("补充照片.png", True, "")
    assert (line.kind, line.actor_name) == ("attachment.added", "")
    assert told >= 1


def test_without_the_page_open_nothing_is_taken(street: HallRef) -> None:
    team = Team(street)
    case = team.in_progress()
    before = on_disk(street)

    for cookie in ("", "bancheng_track=forged"):
        answer = send(team, cookie, "x.txt", TEXT)
        assert (answer.status_code, answer.json()["code"]) == (404, "portal.not_found")

    with hall(street):
        assert Attachment.objects.filter(subject_id=case.id).count() == 0
    assert on_disk(street) == before


def test_a_closed_case_and_a_hall_that_wants_none_take_nothing(
    street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team(street)
    closed, running = team.in_progress(), team.in_progress()
    _, first = opened(team, closed)
    _, second = opened(team, running)
    with hall(street):
        over = {"state": "closed", "outcome": "done", "closed_at": clock.now()}
        Case.objects.filter(id=closed.id).update(**over)
    monkeypatch.setattr("apps.attachments.limits.from_citizens", lambda: False)

    for cookie in (first, second):
        answer = send(team, cookie, "x.txt", TEXT)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    page, _ = opened(team, running)
    assert not page["files"]["open"]
    with hall(street):
        assert Attachment.objects.count() == 0
    parameters.forget()


def test_not_more_than_a_few_and_not_too_often(
    street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.portal.limits.FILES", 2)
    team = Team(street)
    case = team.in_progress()
    _, cookie = opened(team, case)

    answers = [send(team, cookie, f"{n}.txt", TEXT).status_code for n in range(3)]

    assert answers == [201, 201, 429]
    with hall(street):
        assert Attachment.objects.filter(subject_id=case.id).count() == 2
