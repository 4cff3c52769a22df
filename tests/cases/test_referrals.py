"""A case goes up, and its answer comes back to the hall where the citizen stood (design.md §6)."""

from uuid import UUID

import pytest

from apps.cases.models import Case
from apps.cases.rules import Outcome
from apps.cases.services import letters_applied, receiving, referring
from apps.cases.services.closing import OnSpot
from apps.cases.services.referring import Referral
from bancheng.city.exchange import queries as exchange
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.referrals import hear, read_again

pytestmark = pytest.mark.django_db
WHY = {
    "reason": "恢复权限在区人社局。",
    "purpose": "核实停发原因并恢复待遇",
    "need_contact": True,
}


@pytest.fixture
def sender(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture
def receiver(district: HallRef) -> Team:
    return Team(district)


def deliver_pokes(*teams: Team) -> None:
    hear(*(team.ref for team in teams))


def referred(sender: Team, *, need_contact: bool = True) -> tuple[Case, UUID]:
    case = sender.triaged()
    given = Referral(str(WHY["reason"]), str(WHY["purpose"]), need_contact)
    with hall(sender.ref):
        sent = referring.refer_upward(
            case_id=case.id, version=case.version, given=given, by=sender.desk
        )
    return sent.case, sent.letter_id


def test_a_referral_travels_up_and_becomes_a_case_there(sender: Team, receiver: Team) -> None:
    street, district = caller_for(sender.ref, sender.desk), caller_for(receiver.ref, receiver.desk)
    case = sender.triaged()

    sent = street.post(f"cases/{case.id}/referrals", WHY, version=case.version)
    box = district.get("referrals?box=in").json()["results"]
    accepted = district.post(f"referrals/{box[0]['id']}/accept", {"note": "已接收"}, version=1)
    deliver_pokes(sender, receiver)

    assert (sent.status_code, accepted.status_code) == (201, 200)
    assert sent.json()["to_hall"]["id"] == str(receiver.ref.id)
    local = district.get(f"cases/{accepted.json()['case_id']}").json()
    assert (local["state"], local["title"], local["triage"]["blocking_reason"]) == (
        "triaged",
        case.title,
        "B2",
    )
    shown = street.get(f"referrals/{box[0]['id']}").json()
    assert (shown["state"], shown["case_id"], shown["version"]) == ("accepted", str(case.id), 2)
    due = {one["stage"]: one["due_on"] for one in local["deadlines"]}
    assert shown["receiver_due_on"] == due["resolve"]


def test_the_receivers_steps_are_seen_and_its_answer_is_delivered_below(
    sender: Team, receiver: Team
) -> None:
    case, letter_id = referred(sender)
    with hall(receiver.ref):
        local = receiving.accept(letter_id=letter_id, version=1, note="", by=receiver.desk)

    receiver.close(local, Outcome.DONE, OnSpot("sms", "待遇已恢复。"))
    deliver_pokes(sender, receiver)

    lines = caller_for(sender.ref, sender.desk).get(f"cases/{case.id}").json()["timeline"]
    assert [line["kind"] for line in lines][-2:] == ["referral_accepted", "referral_closed"]
    assert lines[-1]["actor"] == {"name": "", "unit": receiver.ref.name}
    assert read_again(sender, case).answer == "待遇已恢复。"


def test_the_receiver_hears_of_a_letter_and_learns_only_what_it_needs(
    sender: Team, receiver: Team
) -> None:
    _, letter_id = referred(sender, need_contact=False)

    with hall(sender.ref):
        outbox.drain()
    with hall(receiver.ref):
        heard = live.since("referrals", 0)
    district = caller_for(receiver.ref, receiver.desk)
    accepted = district.post(f"referrals/{letter_id}/accept", {}, version=1).json()
    applicant = district.get(f"cases/{accepted['case_id']}").json()["applicant"]
    opened = district.post(
        f"cases/{accepted['case_id']}/reveal",
        {"field": "phone", "reason": "contact_applicant"},
    )

    assert heard is not None
    assert [frame["kind"] for frame in heard] == ["referral.came"]
    assert (applicant["name"], applicant["phone"]) == ("林**", "")
    assert (opened.status_code, opened.json()["code"]) == (422, "cases.nothing_to_reveal")


def test_contact_travels_when_it_is_needed(sender: Team, receiver: Team) -> None:
    _, letter_id = referred(sender)

    district = caller_for(receiver.ref, receiver.desk)
    accepted = district.post(f"referrals/{letter_id}/accept", {}, version=1).json()
    opened = district.post(
        f"cases/{accepted['case_id']}/reveal",
        {"field": "phone", "reason": "contact_applicant"},
    )

    assert opened.json() == {"value": "19900001234", "expires_in": 300}


def test_a_returned_referral_is_the_senders_again(sender: Team, receiver: Team) -> None:
    case, letter_id = referred(sender)
    promise = _promise(case, sender)
    district = caller_for(receiver.ref, receiver.desk)
    body = {"reason_code": "incomplete", "note": "缺出生证号。"}

    answer = district.post(f"referrals/{letter_id}/return", body, version=1)
    deliver_pokes(receiver, sender)

    assert answer.status_code == 200
    back = read_again(sender, case)
    assert (back.state, back.letter_live) == ("returned", False)
    assert _promise(back, sender) == promise


def _promise(case: Case, team: Team) -> object:
    with hall(team.ref):
        row = case.deadlines.get(stage="resolve", ended="")
        return row.due_at


def test_nobody_decides_twice(sender: Team, receiver: Team) -> None:
    _, letter_id = referred(sender)
    district = caller_for(receiver.ref, receiver.desk)
    district.post(f"referrals/{letter_id}/accept", {}, version=1)

    again = district.post(f"referrals/{letter_id}/accept", {}, version=1)
    other = district.post(
        f"referrals/{letter_id}/return", {"reason_code": "duplicate", "note": "x"}, version=2
    )

    for answer in (again, other):
        assert (answer.status_code, answer.json()["code"]) == (409, "exchange.already_decided")
    with hall(receiver.ref):
        assert Case.objects.filter(letter_in=letter_id).count() == 1
        assert len(exchange.lines_after(letter_id, 0)) == 2


def test_the_sender_and_a_third_hall_cannot_decide(
    sender: Team, receiver: Team, other_street: HallRef, stranger: HallRef
) -> None:
    _, letter_id = referred(sender)

    own = caller_for(sender.ref, sender.desk).post(f"referrals/{letter_id}/accept", {}, version=1)
    foreign = [
        caller_for(ref, Team(ref).desk).post(f"referrals/{letter_id}/accept", {}, version=1)
        for ref in (other_street, stranger)
    ]

    assert (own.status_code, own.json()["code"]) == (403, "exchange.not_receiver")
    assert [answer.status_code for answer in foreign] == [404, 404]
    with hall(receiver.ref):
        assert exchange.letter(letter_id).state == "sent"


def test_lines_applied_twice_or_late_change_nothing(sender: Team, receiver: Team) -> None:
    case, letter_id = referred(sender)
    district = caller_for(receiver.ref, receiver.desk)
    district.post(f"referrals/{letter_id}/accept", {}, version=1)

    with hall(sender.ref):
        first, again = letters_applied.apply_all(), letters_applied.apply_all()

    assert (first, again) == (1, 0)
    assert read_again(sender, case).version == case.version + 1


def test_a_city_has_nobody_above(city: HallRef) -> None:
    team = Team(city)
    case = team.triaged()

    answer = caller_for(city, team.desk).post(
        f"cases/{case.id}/referrals", WHY, version=case.version
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "halls.no_higher_hall")
    assert read_again(team, case).state == "triaged"


@pytest.mark.parametrize("where", ["other_street", "stranger"])
def test_a_referral_only_goes_up_in_its_own_network(
    where: str, sender: Team, request: pytest.FixtureRequest
) -> None:
    target: HallRef = request.getfixturevalue(where)
    case = sender.triaged()

    answer = caller_for(sender.ref, sender.desk).post(
        f"cases/{case.id}/referrals", WHY | {"to_hall": target.id}, version=case.version
    )

    assert answer.status_code == 422
    assert read_again(sender, case).state == "triaged"
    with hall(sender.ref):
        assert not exchange.box("out", only_open=False).exists()
