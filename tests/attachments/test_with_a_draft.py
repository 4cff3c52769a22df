"""C-01: what is photographed or chosen while a visitor is written down is not lost and goes over to
the case; what comes to nothing goes without a trace."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from apps.attachments.models import Attachment
from apps.cases.models import Case, CaseEvent
from apps.drafts.models import Draft
from apps.drafts.services import keeping
from bancheng.kernel import clock
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import HallRef, hall
from tests.attachments.test_files_over_http import body_of, send
from tests.attachments.test_what_is_taken_in import on_disk
from tests.cases.test_case_over_http import CASE, RECEPTION
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.files import TEXT, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """What is done in here happens as after a commit: bytes are taken off the disk."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def begun(caller: Caller, form: str = "register") -> str:
    saved = caller.post("drafts", {"form": form, "body": {"matter": "姓名不一致"}}, key=None)
    return str(saved.json()["id"])


def register(caller: Caller, draft: str, **changes: Any) -> Any:
    reception = caller.post("receptions", RECEPTION).json()["id"]
    return caller.post("cases", CASE | {"reception": reception} | changes, Draft=draft)


def test_files_of_the_form_lie_under_the_case(team: Team) -> None:
    """C-01: they are there with the case, its first line says how many, and the draft is gone."""
    desk = caller_for(team.ref, team.desk)
    draft = begun(desk)
    send(desk, f"drafts/{draft}", "户口簿.png", picture("png"))
    text = send(desk, f"drafts/{draft}", "说明.txt", TEXT).json()["id"]

    made = register(desk, draft)

    assert made.status_code == 201, made.content
    shelf = desk.get(f"cases/{made.json()['id']}/attachments").json()["results"]
    assert [(one["name"], one["subject"]) for one in shelf] == [
        ("户口簿.png", "case"),
        ("说明.txt", "case"),
    ]
    assert body_of(desk.get(f"attachments/{text}/content")) == TEXT
    with hall(team.ref):
        first = CaseEvent.objects.get(case_id=made.json()["id"], kind="registered")
        assert (first.data["files"], Draft.objects.count()) == (2, 0)


def test_a_refused_registration_leaves_draft_and_files(team: Team) -> None:
    """C-01: the form is corrected and sent again; nothing has to be photographed twice."""
    desk = caller_for(team.ref, team.desk)
    draft = begun(desk)
    send(desk, f"drafts/{draft}", "说明.txt", TEXT)

    refused = register(desk, draft, urgency="urgent")

    assert refused.status_code == 422
    assert [one["name"] for one in desk.get(f"drafts/{draft}/attachments").json()["results"]] == [
        "说明.txt"
    ]
    with hall(team.ref):
        assert Case.objects.count() == 0
    assert register(desk, draft).status_code == 201


def test_discarded_they_are_gone_from_the_disk(team: Team, committed: Any) -> None:
    desk = caller_for(team.ref, team.desk)
    before = on_disk(team.ref)
    draft = begun(desk)
    send(desk, f"drafts/{draft}", "说明.txt", TEXT)

    assert len(on_disk(team.ref)) == len(before) + 1
    with hall(team.ref), committed():
        assert desk.delete(f"drafts/{draft}").status_code == 204

    assert on_disk(team.ref) == before
    with hall(team.ref):
        assert Attachment.objects.count() == 0


def test_a_visit_that_becomes_no_case_keeps_no_file(team: Team, committed: Any) -> None:
    """个人信息保护法 19: a consultation has no file to keep them in."""
    desk = caller_for(team.ref, team.desk)
    before = on_disk(team.ref)
    draft = begun(desk)
    send(desk, f"drafts/{draft}", "说明.txt", TEXT)

    body = RECEPTION | {"outcome": "consult_only", "answer": "已答复"}
    with hall(team.ref), committed():
        assert desk.post("receptions", body, Draft=draft).status_code == 201

    assert on_disk(team.ref) == before


def test_a_forgotten_draft_takes_its_files_along(team: Team, committed: Any) -> None:
    """个人信息保护法 19: after the days that drafts are kept nothing of it is left."""
    desk = caller_for(team.ref, team.desk)
    before = on_disk(team.ref)
    draft = begun(desk)
    send(desk, f"drafts/{draft}", "说明.txt", TEXT)

    later = clock.now() + timedelta(days=15)
    with hall(team.ref), committed(), frozen(later):
        assert keeping.forget() == 1

    assert on_disk(team.ref) == before


def test_nobody_else_sees_or_adds(team: Team, district: HallRef) -> None:
    """Another post, another hall, a form whose step takes no files: the same 404, or no right."""
    desk = caller_for(team.ref, team.desk)
    draft = begun(desk)
    file = send(desk, f"drafts/{draft}", "说明.txt", TEXT).json()["id"]
    before = on_disk(team.ref)
    elsewhere = caller_for(district, Team(district).lead)

    for other in (caller_for(team.ref, team.lead), elsewhere):
        assert other.get(f"drafts/{draft}/attachments").status_code == 404
        assert send(other, f"drafts/{draft}", "x.txt", TEXT).status_code == 404
        assert other.get(f"attachments/{file}/content").status_code == 404
    note = begun(desk, "dispatch")
    assert send(desk, f"drafts/{note}", "x.txt", TEXT).status_code == 403
    assert on_disk(team.ref) == before


def test_somebody_elses_draft_gives_nothing_to_a_case(team: Team) -> None:
    desk, clerk = caller_for(team.ref, team.desk), caller_for(team.ref, team.clerk)
    draft = begun(desk)
    send(desk, f"drafts/{draft}", "说明.txt", TEXT)

    made = register(clerk, draft).json()

    assert clerk.get(f"cases/{made['id']}/attachments").json()["results"] == []
    assert len(desk.get(f"drafts/{draft}/attachments").json()["results"]) == 1
