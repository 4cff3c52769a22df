"""The search of the list: beside a scan of everything, and who is led to whom."""

from collections.abc import Iterator

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.cases.listing import words
from apps.cases.listing.narrowing import narrowed
from apps.cases.listing.wanted import Wanted
from apps.cases.models import Case, CaseText
from apps.cases.services import contact_data, wording
from apps.cases.services.registration import NewApplicant
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
TITLES = (
    "结婚证姓名不一致",
    "𠮷野家营业执照ＡＢＣ-12",
    "身份证、户口本 abc",
    "50%补贴_未到账\\",
    "社保转移，跑了３趟",
)
PARTS = st.text(st.sampled_from("".join(TITLES) + "婚ａｂAB3 %_"), min_size=1, max_size=4)


@pytest.fixture
def team(street: HallRef) -> Iterator[Team]:
    made = Team(street)
    with hall(street):
        yield made


def numbers(text: str, by: Actor) -> set[str]:
    return set(narrowed(Wanted(text=text), by).values_list("number", flat=True))


def scanned(text: str) -> set[str]:
    """The same question put to every case, without an index."""
    asked = words.words(text)
    fields = ("title", "detail", "want", "number")
    rows = Case.objects.values_list("number", *fields)
    return {
        number
        for number, *said in rows
        if all(any(word in words.folded(one) for one in said) for word in asked)
    }


def test_nothing_is_missed_and_nothing_is_shown_in_vain(team: Team) -> None:
    """C-38: the search finds what a scan finds, over Chinese, Latin, digits, rare characters,
    signs that mean something to LIKE, both widths and both cases."""
    for title in TITLES:
        team.registered(title=title)

    @given(PARTS)
    @settings(max_examples=120, deadline=None, suppress_health_check=[*HealthCheck])
    def compared(part: str) -> None:
        found = numbers(part, team.desk)
        assert found == scanned(part)
        plain = Q(title__icontains=part) | Q(detail__icontains=part) | Q(want__icontains=part)
        assert set(Case.objects.filter(plain).values_list("number", flat=True)) <= found

    compared()


def test_a_person_is_found_by_the_whole_name_or_number_only(team: Team) -> None:
    """C-38, domain.md §4.3: 林晓雨 is found as a whole, 林晓 is not; nothing of it lies there."""
    case = team.registered()

    for whole in ("林晓雨", " 林晓雨 ", "19900001234", "199 0000 1234", "11010119900307283x"):
        assert numbers(whole, team.desk) == {case.number}, whole
    for part in ("林晓", "晓雨", "1990000123", "110101199003072"):
        assert numbers(part, team.desk) == set(), part
    kept = CaseText.objects.get(case=case)
    assert "林" not in kept.plain + kept.holder
    assert "19900001234" not in "".join([kept.plain, *kept.people])


def test_who_may_not_know_the_person_is_not_led_to_the_case_by_them(team: Team) -> None:
    """domain.md §4.1: a confidential person's name, number and enterprise find nothing for a
    department; its words do."""
    person = NewApplicant(
        kind="enterprise",
        relation="self",
        name="林晓雨",
        phone="19900001234",
        enterprise_name="望江食品厂",
    )
    case = team.dispatched(confidential=True, applicant=person)

    for hidden in ("林晓雨", "19900001234", "望江食品"):
        assert numbers(hidden, team.handler) == set(), hidden
        assert numbers(hidden, team.desk) == {case.number}, hidden
    assert numbers("结婚证", team.handler) == {case.number}


def test_a_new_telephone_finds_the_case_and_the_old_one_no_longer(team: Team) -> None:
    """C-38: the search follows a changed number."""
    case = team.triaged()

    contact_data.change_phone(
        case_id=case.id,
        version=case.version,
        phone="19900009999",
        asked_by="applicant",
        confirmed="present",
        by=team.desk,
    )

    assert numbers("19900009999", team.desk) == {case.number}
    assert numbers("19900001234", team.desk) == set()


def test_cases_from_before_the_search_are_caught_up_with(team: Team) -> None:
    """C-38: a hall's job writes what a release before left out, once, as registration would."""
    case = team.registered()
    before = CaseText.objects.values().get(case=case)
    CaseText.objects.all().delete()
    assert numbers("结婚证", team.desk) == set()

    assert wording.catch_up(10) == 1

    assert numbers("结婚证", team.desk) == numbers("林晓雨", team.desk) == {case.number}
    assert CaseText.objects.values().get(case=case) == before
    assert wording.catch_up(10) == 0


def test_blanks_alone_ask_for_everything(team: Team) -> None:
    """C-38: an empty box is no filter."""
    case = team.registered()

    assert numbers(" 　", team.desk) == {case.number}
