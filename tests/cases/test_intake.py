"""From the door to the case: who came, how often, who sent them, who speaks for them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from apps.cases import masks
from apps.cases.intake import check_rate
from apps.cases.intake.details import Authority, GuidanceSlip, Told
from apps.cases.intake.errors import AgentAlone, CheckLimit
from apps.cases.models import Applicant, Case, CaseEvent, CaseLink, Reception
from apps.cases.rules import ReceptionOutcome, Urgency
from apps.cases.services import applicants, checking, contact_data, registration
from apps.cases.services.registration import Agent, NewReception
from apps.notices.models import Notice
from bancheng.kernel import clock
from bancheng.kernel.errors import Forbidden, Invalid
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import APPLICANT, RECEPTION, Team

pytestmark = pytest.mark.django_db

AGENT = Agent(
    name="赵明远",
    phone="13700005678",
    id_number="110101196503071233",
    authority=Authority("power_of_attorney", "办理更正、领取证件"),
)
BY_FAMILY = replace(APPLICANT, relation="family", agent=AGENT)


@pytest.fixture
def team(street: HallRef) -> Team:
    check_rate.forget()
    return Team(street)


def received(team: Team, **changes: Any) -> Reception:
    with hall(team.ref):
        return registration.receive(replace(RECEPTION, **changes), by=team.clerk)


def everything(team: Team) -> tuple[int, ...]:
    with hall(team.ref):
        kinds = (Reception, Case, CaseEvent, Applicant, Notice)
        return tuple(kind._base_manager.count() for kind in kinds)


def test_what_is_told_at_the_desk_is_kept_with_the_notices_version(team: Team) -> None:
    """C-01: own words, materials, special situation, and which notice was read out."""
    told = Told("两本证对不上，办不了", ("身份证", "结婚证"), ("elderly",), alias=True)

    case = team.registered(told=told, confidential=True)

    with hall(team.ref):
        stored = Case.objects.get(id=case.id)
    assert stored.intake == {
        "told_reason": "两本证对不上，办不了",
        "materials": ["身份证", "结婚证"],
        "special": ["elderly"],
        "urgency_reason": "",
        "alias": True,
        "notice_version": "2026-1",
    }
    assert stored.discovery_source == "applicant"


def test_who_speaks_for_somebody_says_who_and_on_what_authority(team: Team) -> None:
    """C-02: sealed and masked like the applicant."""
    case = team.registered(applicant=BY_FAMILY)

    with hall(team.ref):
        person = Applicant.objects.get(case=case)
        assert person.agent_name_sealed is not None
        assert "赵明远".encode() not in bytes(person.agent_name_sealed)
        shown = applicants.reveal(
            case_id=case.id,
            field="agent_phone",
            reason="contact_applicant",
            note="",
            by=team.desk,
        )
    assert (person.agent_name_mask, person.agent_phone_mask) == ("赵**", "137****5678")
    assert person.agent_id_mask == "1" + "*" * 16 + "3"
    assert person.authority == {
        "kind": "power_of_attorney",
        "scope": "办理更正、领取证件",
        "valid_until": None,
    }
    assert shown == "13700005678"


@pytest.mark.parametrize("relation", ["family", "agent"])
def test_without_an_authority_nobody_speaks_for_another(team: Team, relation: str) -> None:
    """C-02: nothing is stored."""
    reception = received(team)
    before = everything(team)

    with hall(team.ref), pytest.raises(Invalid) as refused:
        registration.register(
            registration.NewCase(
                reception.id, "x", "x", "x", replace(APPLICANT, relation=relation)
            ),
            by=team.clerk,
        )

    assert refused.value.params == {"errors": {"agent": ["required"]}}
    assert everything(team) == before


def test_an_agent_does_not_change_the_phone_alone(team: Team) -> None:
    """C-02, domain.md §4.1: change bank/contact data alone is what an agent must not."""
    case = team.registered(applicant=BY_FAMILY)
    asked: dict[str, Any] = {
        "case_id": case.id,
        "version": case.version,
        "phone": "13600001111",
        "asked_by": "agent",
        "by": team.clerk,
    }

    with hall(team.ref):
        with pytest.raises(AgentAlone):
            contact_data.change_phone(confirmed="", **asked)
        assert Applicant.objects.get(case=case).phone_mask == "199****1234"
        assert Case.objects.get(id=case.id).version == case.version

        contact_data.change_phone(confirmed="called_back", **asked)
        person = Applicant.objects.get(case=case)
        line = CaseEvent.objects.get(case=case, kind="contact-data")
    assert person.phone_mask == "136****1111"
    assert "13600001111" not in str(line.data)


def test_urgent_says_why(team: Team) -> None:
    """C-30: the flag needs its reason."""
    before = everything(team)
    with pytest.raises(Invalid) as refused:
        team.registered(urgency=Urgency.URGENT)
    assert refused.value.params == {"errors": {"urgency_reason": ["required"]}}
    assert everything(team)[1:] == before[1:]

    case = team.registered(urgency=Urgency.URGENT, told=Told(urgency_reason="明天手术"))

    assert case.intake["urgency_reason"] == "明天手术"


def test_the_third_visit_is_told_to_the_shift_lead(
    street: HallRef, other_street: HallRef, district: HallRef
) -> None:
    """C-34: two other halls were tried; the third knows, and says so."""
    for ref in (street, other_street):
        Team(ref).registered(service_item="YJ-MZ-01")
    team = Team(district)

    case = team.registered(service_item="YJ-MZ-01", visit_count=2)

    with hall(district):
        told = Notice.objects.get(kind="intake.third_visit")
    assert (case.visit_count, case.visits_known) == (2, 3)
    assert (told.post, told.params["visits"]) == (team.lead.post_id, 3)


def test_a_phone_told_at_the_reception_is_counted_and_not_kept(team: Team) -> None:
    """C-34: of who was guided back only the keyed hashes are counted."""
    first = received(team, phone="199 0000 1234", outcome=ReceptionOutcome.CONSULT_ONLY)
    second = received(team, phone="19900001234")

    assert (first.visits_known, second.visits_known) == (1, 2)
    with hall(team.ref):
        row = Reception.objects.filter(id=second.id).values().get()
    assert "1234" not in str(row["matter"]) + str(row["push"]) + str(row["slip"])


def test_registering_after_a_counted_reception_counts_once(team: Team) -> None:
    """C-34: one visit, one count."""
    reception = received(team, phone=APPLICANT.phone)
    with hall(team.ref):
        case = registration.register(
            registration.NewCase(reception.id, "x", "x", "x", APPLICANT), by=team.clerk
        )

    assert case.visits_known == 1


def test_who_pushed_the_person_is_a_department(team: Team) -> None:
    """C-41: structured, and the department's section hears of the visit (C-31)."""
    made = received(
        team, pushed_unit=team.unit, pushed_from="民政 3 号窗口", pushed_role="窗口人员"
    )

    assert made.push == {
        "unit": {"id": str(team.unit), "name": "民政科"},
        "window": "民政 3 号窗口",
        "staff_role": "窗口人员",
    }
    assert (made.pushed_unit, made.section) == (team.unit, team.unit)


def test_an_unknown_department_pushed_nobody(team: Team) -> None:
    """C-41: another hall's department is unknown here."""
    before = everything(team)

    with pytest.raises(Invalid) as refused:
        received(team, pushed_unit=team.desk.post_id)

    assert refused.value.params == {"errors": {"pushed_unit": ["unknown"]}}
    assert everything(team) == before


@pytest.mark.parametrize(
    ("outcome", "missing"),
    [
        (ReceptionOutcome.NOT_ACCEPTED, {"reason_code", "right_channel"}),
        (ReceptionOutcome.ON_SPOT, {"answer"}),
        (ReceptionOutcome.MERGED, {"merged_case"}),
    ],
)
def test_each_outcome_asks_for_what_it_needs(
    team: Team, outcome: ReceptionOutcome, missing: set[str]
) -> None:
    """C-15, C-55: a reason and the right channel; what was done; which case it joins."""
    before = everything(team)

    with pytest.raises(Invalid) as refused:
        received(team, outcome=outcome)

    assert set(refused.value.params["errors"]) == missing
    assert everything(team) == before


def test_a_guidance_slip_is_kept_with_the_reception(team: Team) -> None:
    """C-62: what, where, with what, whom to call."""
    slip = GuidanceSlip("先到 3 号窗口取号", "一楼东侧", ("身份证",), "王主任", "0000-5550100")

    made = received(team, outcome=ReceptionOutcome.GUIDED_BACK, slip=slip)

    assert made.slip == {
        "what": "先到 3 号窗口取号",
        "where": "一楼东侧",
        "bring": ["身份证"],
        "whom": "王主任",
        "phone": "0000-5550100",
    }


def test_a_visit_joins_an_open_case_that_the_desk_sees(team: Team, other_street: HallRef) -> None:
    """§2.1 并案: another hall's case is unknown."""
    case = team.triaged()
    elsewhere = Team(other_street).triaged()

    made = received(team, outcome=ReceptionOutcome.MERGED, merged_case=case.id)
    with pytest.raises(Invalid):
        received(team, outcome=ReceptionOutcome.MERGED, merged_case=elsewhere.id)

    assert made.merged_case == case.id


def test_the_same_matter_after_its_end_is_a_repeat(team: Team) -> None:
    """M-21: same person, same item, within 90 days after the close: linked by itself."""
    first = team.closed(service_item="YJ-MZ-01")

    again = team.registered(service_item="YJ-MZ-01")
    other = team.registered(service_item="YJ-GA-01")

    with hall(team.ref):
        link = CaseLink.objects.get()
    assert (again.repeat, other.repeat) == (True, False)
    assert (link.case_id, link.other_id, link.kind) == (again.id, first.id, "repeat_of")


def test_after_ninety_days_it_is_a_new_matter(team: Team) -> None:
    """M-21: day 91 is no repeat."""
    first = team.closed(service_item="YJ-MZ-01")
    with hall(team.ref):
        Case.objects.filter(id=first.id).update(closed_at=clock.now() - timedelta(days=91))

    again = team.registered(service_item="YJ-MZ-01")

    assert again.repeat is False


def test_a_sealed_case_is_never_a_candidate(team: Team) -> None:
    """C-13: neither a repeat nor a candidate leads to a sealed file."""
    first = team.closed(service_item="YJ-MZ-01")
    with hall(team.ref):
        Case.objects.filter(id=first.id).update(sealed=True)

    again = team.registered(service_item="YJ-MZ-01")
    with hall(team.ref):
        found = checking.check(
            phone=APPLICANT.phone, id_number="", item="YJ-MZ-01", matter="x", by=team.desk
        )

    assert again.repeat is False
    assert [one.case.id for one in found.candidates] == [again.id]


def test_the_form_learns_of_earlier_visits_and_open_cases(team: Team) -> None:
    """C-34, M-21: told while typing, by phone or ID number, same item or similar words."""
    case = team.triaged(service_item="YJ-MZ-01")

    with hall(team.ref):
        found = checking.check(
            phone="199 0000 1234",
            id_number="",
            item="",
            matter="结婚证姓名和身份证不一致",
            by=team.clerk,
        )
        nobody = checking.check(
            phone="13800000000", id_number="", item="", matter="", by=team.clerk
        )

    assert [(one.case.id, one.why, one.open) for one in found.candidates] == [
        (case.id, "similar_text", True)
    ]
    assert (found.known, nobody.known, nobody.candidates) == (2, 1, [])


def test_asking_who_came_is_limited_and_not_for_departments(team: Team) -> None:
    """C-34: nobody walks through telephone numbers."""
    with hall(team.ref):
        with pytest.raises(Forbidden):
            checking.check(phone="1", id_number="", item="", matter="", by=team.handler)
        for _ in range(60):
            checking.check(phone="", id_number="", item="", matter="", by=team.clerk)
        with pytest.raises(CheckLimit):
            checking.check(phone="", id_number="", item="", matter="", by=team.clerk)


def test_digits_are_compared_not_their_writing() -> None:
    """§4.3: normalised before keyed."""
    assert masks.digits_of("199-0000 1234") == "19900001234"
    assert NewReception("x", "person", ReceptionOutcome.CONSULT_ONLY).phone == ""
