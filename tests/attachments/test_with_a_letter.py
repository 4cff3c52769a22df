"""Files go along with a referral and come back with its answer: each hall keeps copies of its own,
and what is killed half-way is neither lost nor doubled (C-20, design.md §6, security.md §5.1)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from apps.attachments import limits, queries, storage
from apps.attachments.models import Attachment
from apps.attachments.services import fetching, lending, sweeping, withdrawing
from apps.cases.models import Case, CaseEvent
from apps.cases.rules import Outcome
from apps.cases.services import answering, handling, referring
from apps.cases.services.handling import Reply
from apps.cases.services.referring import Referral
from bancheng.city.exchange.enclosed import ident
from bancheng.kernel.errors import Invalid, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.attachments.test_files_over_http import body_of
from tests.attachments.test_what_is_taken_in import on_disk
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.files import TEXT, attached, picture
from tests.support.referrals import accept, hear, read_again

pytestmark = pytest.mark.django_db
CANARY = b"CANARY-OF-THE-LETTER " * 4000


@pytest.fixture
def below(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture
def above(district: HallRef) -> Team:
    return Team(district)


def keep(team: Team, case: Case, name: str, content: bytes = TEXT, **how: Any) -> UUID:
    with hall(team.ref):
        return attached("case", case.id, name, content, by=team.lead, **how).id


def refer(
    team: Team, case: Case, files: Collection[UUID] | None = None, *, contact: bool = True
) -> UUID:
    case = read_again(team, case)
    named = None if files is None else tuple(files)
    given = Referral("权限在上级", "核实并办理", contact, files=named)
    with hall(team.ref):
        sent = referring.refer_upward(
            case_id=case.id, version=case.version, given=given, by=team.desk
        )
    return sent.letter_id


def fetch(*teams: Team) -> int:
    came = 0
    for team in teams:
        with hall(team.ref):
            came += fetching.fetch_coming()
    return came


def shelf(team: Team, case: Case) -> list[tuple[str, str]]:
    with hall(team.ref):
        found = queries.shelf("case", case.id, team.lead).results
    return [(one.name, one.state) for one in found]


def of_letter(team: Team, letter: UUID) -> dict[str, str]:
    shown = caller_for(team.ref, team.desk).get(f"referrals/{letter}").json()["files"]
    return {one["name"]: one["state"] for one in shown}


def sent_up(below: Team, **how: Any) -> tuple[Case, UUID, UUID]:
    """A case with a text of 84 KB that went up; case, letter, file."""
    case = below.triaged()
    file = keep(below, case, "证明.txt", CANARY)
    return case, refer(below, case, **how), file


def test_files_follow_an_accepted_letter(below: Team, above: Team) -> None:
    """C-20: the receiver's case has a copy of its own, sealed by its own hall under another key;
    both ends see on the letter where each file stands."""
    case, letter, file = sent_up(below)
    assert of_letter(below, letter) == of_letter(above, letter) == {"证明.txt": "offered"}

    there = accept(above, letter)
    assert shelf(above, there) == [("证明.txt", "coming")]
    assert of_letter(above, letter) == {"证明.txt": "coming"}
    assert fetch(above) == 1
    hear(below.ref, above.ref)

    copy = ident(letter, file)
    given = caller_for(above.ref, above.desk).get(f"attachments/{copy}/content")
    assert body_of(given) == CANARY
    [line] = (
        caller_for(above.ref, above.desk).get(f"cases/{there.id}/attachments").json()["results"]
    )
    assert (line["state"], line["from_hall"]) == ("unscanned", below.ref.name)
    assert of_letter(below, letter) == of_letter(above, letter) == {"证明.txt": "arrived"}
    assert shelf(below, case) == [("证明.txt", "unscanned")]
    with hall(above.ref):
        taken = storage.path_of(copy).read_bytes()
        received = CaseEvent.objects.get(case_id=there.id, kind="referral_received")
    with hall(below.ref):
        kept = storage.path_of(file).read_bytes()
        acts = set(AuditEntry.objects.values_list("body__action", flat=True))
    assert CANARY[:21] not in taken
    assert kept != taken
    assert (received.data["files"], "attachments.lent" in acts) == (1, True)


def test_neither_names_nor_keys_lie_in_the_mailbox(below: Team) -> None:
    """Names may be people's: what the shared schema holds of a file, only the two ends can read."""
    _case, letter, file = sent_up(below)

    with hall(below.ref), connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM exchange_letterevent WHERE letter_id = %s", [letter])
        said = "".join(row[0] for row in cursor.fetchall())
        key = bytes(Attachment.objects.get(id=file).key or b"")
    assert not [word for word in ("证明", str(file), key.hex()) if word in said]


def test_the_sender_chooses(below: Team, above: Team) -> None:
    """C-20: what is named goes, by default all that was not withdrawn."""
    case = below.triaged()
    keep(below, case, "一.txt")
    two = keep(below, case, "二.png", picture("png"))
    gone = keep(below, case, "三.txt")
    with hall(below.ref):
        withdrawing.withdraw(file_id=gone, reason="传错了", by=below.lead)

    with pytest.raises(Invalid):
        refer(below, case, [gone])
    letter = refer(below, case, [two])

    assert of_letter(below, letter) == {"二.png": "offered"}
    assert shelf(above, accept(above, letter)) == [("二.png", "coming")]
    other = below.triaged()
    keep(below, other, "四.txt")
    assert of_letter(below, refer(below, other)) == {"四.txt": "offered"}


def test_what_shows_the_person_goes_only_with_the_contact(below: Team) -> None:
    """个人信息保护法 6: nothing that is not needed for the purpose."""
    case = below.triaged()
    identity = keep(below, case, "身份证.png", picture("png"), personal=True)
    keep(below, case, "说明.txt")

    with pytest.raises(Invalid):
        refer(below, case, [identity], contact=False)
    letter = refer(below, case, contact=False)

    assert of_letter(below, letter) == {"说明.txt": "offered"}


def test_nothing_is_lent_before_the_decision_or_to_anybody_else(
    below: Team, above: Team, city: HallRef
) -> None:
    """A letter that waits or was returned gives no byte away, and a third hall gets none ever."""
    _case, letter, file = sent_up(below)
    other = keep(below, below.triaged(), "别的.txt")

    with hall(below.ref), pytest.raises(NotFound):
        lending.lend(letter_id=letter, file_id=file, to_hall=above.ref.id)
    accept(above, letter)
    with hall(below.ref):
        for wanted, who in ((file, city.id), (other, above.ref.id)):
            with pytest.raises(NotFound):
                lending.lend(letter_id=letter, file_id=wanted, to_hall=who)
    with hall(city), pytest.raises(NotFound):
        lending.lend(letter_id=letter, file_id=file, to_hall=above.ref.id)
    assert caller_for(city, Team(city).lead).get(f"referrals/{letter}").status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kinds": lambda: ("pdf",)}, "attachments.kind_refused"),
        ({"most_mb": lambda _kind: 0}, "attachments.too_large"),
        ({"most_files": lambda **_: 0}, "attachments.full"),
    ],
)
def test_a_stricter_policy_refuses_the_file_and_not_the_letter(
    below: Team, above: Team, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], code: str
) -> None:
    """security.md §2.3: each hall's own limits hold; the sender is told and keeps what it has."""
    case, letter, _file = sent_up(below)
    for name, limit in change.items():
        monkeypatch.setattr(limits, name, limit)

    there = accept(above, letter)
    hear(below.ref, above.ref)

    with hall(above.ref):
        row = Attachment.objects.get(subject_id=there.id)
    assert (row.state, row.finding, row.key) == ("not_taken", code, None)
    assert fetch(above) == 0
    assert of_letter(below, letter) == of_letter(above, letter) == {"证明.txt": "refused"}
    assert shelf(below, case) == [("证明.txt", "unscanned")]


def test_withdrawn_on_the_way_it_does_not_come(below: Team, above: Team) -> None:
    _case, letter, file = sent_up(below)
    there = accept(above, letter)
    with hall(below.ref):
        withdrawing.withdraw(file_id=file, reason="传错了", by=below.lead)

    assert fetch(above) == 0
    hear(below.ref, above.ref)

    assert shelf(above, there) == [("证明.txt", "not_taken")]
    assert of_letter(below, letter) == {"证明.txt": "gone"}
    with hall(above.ref):
        assert not storage.path_of(ident(letter, file)).exists()


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    "at",
    [
        "apps.attachments.services.lending.lend",
        "apps.attachments.storage.Writer.finish",
        "apps.attachments.storage.keep",
        "apps.attachments.services.fetching.record",
    ],
)
def test_killed_between_letter_and_bytes_it_begins_again(
    below: Team, above: Team, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """security.md §5.1: killed at any point, the file comes once and whole, and no part stays."""
    _case, letter, _file = sent_up(below)
    there = accept(above, letter)

    def dies(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(at, dies)
        with pytest.raises(Killed):
            fetch(above)
    assert shelf(above, there) == [("证明.txt", "coming")]
    assert fetch(above) == 0, "claimed: nobody else may be at it"
    with hall(above.ref):
        Attachment.objects.update(scan_next_at="2026-01-01T00:00+08:00")

    assert (fetch(above), fetch(above)) == (1, 0)

    with hall(above.ref):
        monkeypatch.setattr(sweeping, "_AN_HOUR", -1.0)
        sweeping.sweep()
        row = Attachment.objects.get(subject_id=there.id)
        assert b"".join(queries.bytes_of(row)) == CANARY
    assert on_disk(above.ref) == [row.id.hex]


def test_what_is_not_released_yet_follows_later(below: Team, above: Team) -> None:
    """A file in quarantine goes along and waits for the scanner of its own hall."""
    _case, letter, file = sent_up(below)
    there = accept(above, letter)
    with hall(below.ref):
        Attachment.objects.filter(id=file).update(state="quarantined")
    assert fetch(above) == 0
    assert shelf(above, there) == [("证明.txt", "coming")]

    with hall(below.ref):
        Attachment.objects.filter(id=file).update(state="clean")
    with hall(above.ref):
        Attachment.objects.update(scan_next_at="2026-01-01T00:00+08:00")

    assert fetch(above) == 1


def test_the_answer_brings_what_was_found_and_not_what_was_sent(below: Team, above: Team) -> None:
    """C-20: the result comes back to the hall where the citizen stood, which keeps its own copy."""
    case, letter, _file = sent_up(below)
    there = accept(above, letter)
    fetch(above)
    there = above.dispatch(read_again(above, there))
    keep(above, there, "更正决定.txt", b"result\n")
    there = finished(above, there)
    with hall(above.ref):
        answering.deliver(
            case_id=there.id, version=there.version, method="sms", text="已更正", by=above.desk
        )
    hear(below.ref, above.ref)

    assert shelf(below, case) == [("证明.txt", "unscanned"), ("更正决定.txt", "coming")]
    assert fetch(below) == 1
    hear(below.ref, above.ref)

    assert shelf(below, case)[1] == ("更正决定.txt", "unscanned")
    assert of_letter(above, letter)["更正决定.txt"] == "arrived"
    with hall(below.ref):
        heard = CaseEvent.objects.get(case_id=case.id, kind="referral_answered")
    assert heard.data["said"]["files"] == 1


def finished(team: Team, case: Case) -> Case:
    """Signed, contacted, replied and reviewed."""
    with hall(team.ref):
        case = Case.objects.get(id=case.id)
        case = handling.sign(case_id=case.id, version=case.version, by=team.handler)
        case = handling.contact(
            case_id=case.id,
            version=case.version,
            method="phone",
            result="reached",
            note="",
            by=team.handler,
        )
        given = Reply("已更正", "yes", Outcome.DONE)
        case = handling.reply(case_id=case.id, version=case.version, given=given, by=team.handler)
        return handling.review(
            case_id=case.id, version=case.version, decision="pass", note="", by=team.desk
        )


def test_another_halls_user_sees_no_copy(below: Team, above: Team) -> None:
    """A copy belongs to the hall that took it: the sender's people do not know of it."""
    _case, letter, file = sent_up(below)
    accept(above, letter)
    fetch(above)
    copy = ident(letter, file)

    stranger = caller_for(below.ref, below.lead)
    assert stranger.get(f"attachments/{copy}/content").status_code == 404
    taken_back = stranger.post(f"attachments/{copy}/withdraw", {"reason": "x"})
    assert taken_back.status_code == 404
    with hall(above.ref):
        assert Attachment.objects.get(id=copy).state == "unscanned"
