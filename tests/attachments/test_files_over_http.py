"""Files over HTTP: one effect per key, the bytes as a browser must take them, what it costs."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.attachments.models import Attachment
from apps.cases.models import CaseEvent
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.attachments.test_what_is_taken_in import on_disk
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.files import TEXT, attached, pdf, photo, picture

pytestmark = pytest.mark.django_db


def send(
    caller: Caller, under: str, name: str, content: bytes, key: str | None = "fresh", **headers: str
) -> Any:
    """Upload as the page does."""
    told = {"X-File-Name": quote(name), **headers}
    return caller.post(f"{under}/attachments", content, key=key, **told)  # type: ignore[arg-type]


def body_of(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def test_a_file_is_added_seen_and_given_out(street: HallRef) -> None:
    """The case's history says that a file came, and by whom; its name is not in it."""
    team = Team(street)
    case = team.dispatched()
    caller = caller_for(street, team.handler)

    made = send(caller, f"cases/{case.id}", "情况说明 1.txt", TEXT)
    listed = caller.get(f"cases/{case.id}/attachments").json()
    given = caller.get(f"attachments/{made.json()['id']}/content")

    assert made.status_code == 201, made.content
    (seen,) = listed["results"]
    assert made.json() == {name: seen[name] for name in ("id", "kind", "size", "state")}
    assert (seen["name"], seen["added_by"]) == ("情况说明 1.txt", team.handler.name)
    assert (listed["may_add"], listed["scanned"]) == (True, False)
    assert body_of(given) == TEXT
    with hall(street):
        line = CaseEvent.objects.filter(case=case).latest("seq")
        actions = list(AuditEntry.objects.values_list("body__action", flat=True))
    assert (line.kind, line.actor_name) == ("attachment.added", team.handler.name)
    assert line.data == {
        "attachment": made.json()["id"],
        "kind": "txt",
        "size": len(TEXT),
        "under": "case",
    }
    assert {"attachments.added", "attachments.read"} <= set(actions)


def test_the_same_key_adds_once(street: HallRef) -> None:
    team = Team(street)
    case = team.dispatched()
    caller = caller_for(street, team.desk)
    before = on_disk(street)

    first, second = (
        send(caller, f"cases/{case.id}", "图.png", picture("png"), key="one") for _ in range(2)
    )
    other = send(caller, f"cases/{case.id}", "图.png", picture("png", (8, 8)), key="one")

    assert (first.status_code, second.json()) == (201, first.json())
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")
    assert len(on_disk(street)) == len(before) + 1


def test_a_page_a_script_or_a_frame_never_comes_of_it(street: HallRef) -> None:
    """security.md §2.3: attachment, nosniff, sandbox, kept by no cache; RFC 8187 for the name."""
    team = Team(street)
    case = team.dispatched()
    caller = caller_for(street, team.desk)
    name = '证"明;\\100%.pdf'
    paper = send(caller, f"cases/{case.id}", name, pdf()).json()["id"]
    image = send(caller, f"cases/{case.id}", "图.jpg", photo()).json()["id"]

    saved = caller.get(f"attachments/{paper}/content?inline=true")
    shown = caller.get(f"attachments/{image}/content?inline=true")

    plain = "100%.pdf".replace("%", "_")
    assert saved["Content-Disposition"] == (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote('100%.pdf')}"
    )
    assert shown["Content-Disposition"].startswith("inline; ")
    for answer in (saved, shown):
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert int(answer["Content-Length"]) == len(body_of(answer))
    assert (saved["Content-Type"], shown["Content-Type"]) == ("application/pdf", "image/jpeg")


def test_a_large_file_leaves_piece_by_piece(street: HallRef) -> None:
    team = Team(street)
    case = team.dispatched()
    caller = caller_for(street, team.desk)
    content = b"%s\n" % (b"a" * 99) * 9000

    made = send(caller, f"cases/{case.id}", "长.txt", content).json()
    given = caller.get(f"attachments/{made['id']}/content")

    assert given.streaming
    assert body_of(given) == content


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("页.html", b"<html>", 415, "attachments.kind_refused"),
        ("长.txt", b"a" * (1024 * 1024 + 1), 413, "attachments.too_large"),
        ("图.jpg", b"<html>", 422, "attachments.content_differs"),
        ("脚本.pdf", pdf(b"<< /S /JavaScript >>"), 422, "attachments.active_content"),
        ("", TEXT, 422, "invalid"),
    ],
)
def test_a_refusal_has_a_code_and_leaves_nothing(
    street: HallRef, name: str, content: bytes, status: int, code: str
) -> None:
    team = Team(street)
    case = team.dispatched()
    before = on_disk(street)

    answer = send(caller_for(street, team.desk), f"cases/{case.id}", name, content)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert on_disk(street) == before
    with hall(street):
        assert Attachment.objects.count() == 0
        assert CaseEvent.objects.filter(kind__startswith="attachment").count() == 0


def test_without_a_key_nothing_is_kept(street: HallRef) -> None:
    team = Team(street)
    case = team.dispatched()
    before = on_disk(street)
    caller = caller_for(street, team.desk)

    answer = send(caller, f"cases/{case.id}", "x.txt", TEXT, key=None)

    assert (answer.status_code, on_disk(street)) == (400, before)


def test_no_more_than_the_shelf_holds(street: HallRef, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 5.2.4: the number and the size under one case are bounded."""
    monkeypatch.setattr("apps.attachments.limits.most_files", lambda **_: 1)
    team = Team(street)
    case = team.dispatched()
    caller = caller_for(street, team.desk)
    first = send(caller, f"cases/{case.id}", "一.txt", TEXT)
    before = on_disk(street)

    second = send(caller, f"cases/{case.id}", "二.txt", TEXT)

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["params"] == {"most": 1, "unit": "files"}
    assert on_disk(street) == before


def test_what_a_shelf_costs(street: HallRef) -> None:
    """As many queries for five files as for one."""
    team = Team(street)
    case = team.dispatched()
    caller = caller_for(street, team.handler)
    counts = []
    for number in (1, 4):
        with hall(street):
            for one in range(number):
                attached("case", case.id, f"{one}.txt", TEXT, by=team.handler)
        with CaptureQueriesContext(connection) as asked:
            assert caller.get(f"cases/{case.id}/attachments").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 9


def test_unknown_subjects_and_files_are_unknown(street: HallRef, district: HallRef) -> None:
    """Another hall's file is the same 404 as none at all, for reading, adding, withdrawing."""
    team, elsewhere = Team(street), Team(district)
    case = team.dispatched()
    with hall(street):
        row = attached("case", case.id, "x.txt", TEXT, by=team.desk)
    stranger = caller_for(district, elsewhere.lead)
    nothing = UUID("019b0000-0000-7000-8000-00000000dead")

    for ident in (case.id, nothing):
        assert stranger.get(f"cases/{ident}/attachments").status_code == 404
        assert send(stranger, f"cases/{ident}", "x.txt", TEXT).status_code == 404
    for ident in (row.id, nothing):
        assert stranger.get(f"attachments/{ident}/content").status_code == 404
        body = {"reason": "x"}
        assert stranger.post(f"attachments/{ident}/withdraw", body).status_code == 404
