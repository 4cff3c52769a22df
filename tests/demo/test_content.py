"""The demonstration city holds together: people, places, codes and numbers."""

import re
from collections import Counter

import pytest

from apps.cases import rules
from bancheng.config.demo.content import FOLDER, DemoContent, Hall, load
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import Level

CONTENT: DemoContent = load()
HALLS = CONTENT.halls

each_hall = pytest.mark.parametrize("hall", HALLS.values(), ids=lambda hall: hall.slug)

IN_EVERY_HALL = {Role.DESK_OFFICER, Role.WINDOW_CLERK, Role.SHIFT_LEAD, Role.HALL_ADMIN}
IN_A_DISTRICT = {Role.DISTRICT_ADMIN, Role.SUPERVISOR}
IN_THE_CITY = {Role.CITY_ADMIN, Role.SUPERVISOR, Role.ANALYST}
LEVEL_ABOVE = {Level.STREET: Level.DISTRICT, Level.DISTRICT: Level.CITY}


def test_the_network_is_one_city_three_districts_two_branches_six_streets() -> None:
    shape = Counter((hall.level, hall.kind) for hall in HALLS.values())

    assert shape == {
        (Level.CITY, "main"): 1,
        (Level.DISTRICT, "main"): 3,
        (Level.DISTRICT, "branch"): 2,
        (Level.STREET, "main"): 6,
    }


@each_hall
def test_a_hall_hangs_below_the_level_above(hall: Hall) -> None:
    if hall.level is Level.CITY:
        assert hall.parent is None
    elif hall.kind == "main":
        assert HALLS[hall.parent or ""].level is LEVEL_ABOVE[hall.level]
    else:
        assert HALLS[hall.parent or ""].kind == "main"


@each_hall
def test_a_hall_is_staffed(hall: Hall) -> None:
    held = {role for person in hall.staff for role in person.roles}

    assert held >= IN_EVERY_HALL
    assert len(hall.holders(Role.WINDOW_CLERK)) >= 2
    assert held >= IN_THE_CITY or hall.level is not Level.CITY
    assert held >= IN_A_DISTRICT or (hall.level, hall.kind) != (Level.DISTRICT, "main")
    for department in hall.departments:
        assert hall.holders(Role.DEPT_HANDLER, department.code)
        assert hall.holders(Role.DEPT_LEAD, department.code)


@each_hall
def test_staff_belong_to_units_that_exist(hall: Hall) -> None:
    codes = {department.code for department in hall.departments}

    assert codes <= set(CONTENT.units)
    assert len(codes) == len(hall.departments)
    assert {person.department for person in hall.staff} - {None} == codes
    for person in hall.staff:
        of_a_unit = bool({Role.DEPT_HANDLER, Role.DEPT_LEAD} & set(person.roles))
        assert of_a_unit == (person.department is not None)


def test_no_two_people_share_a_name_or_a_username() -> None:
    staff = [person for hall in HALLS.values() for person in hall.staff]
    applicants = {script.applicant.name for script in CONTENT.cases}

    assert len({person.username for person in staff}) == len(staff)
    assert len({person.name for person in staff}) == len(staff)
    assert not applicants & {person.name for person in staff}
    assert all(re.fullmatch(r"[a-z-]+(\.[a-z]+\d?){1,2}", person.username) for person in staff)


@each_hall
def test_windows_serve_queues_of_the_hall_and_one_is_the_desk(hall: Hall) -> None:
    prefixes = {queue.prefix for queue in hall.queues}
    desks = [window for window in hall.windows if window.kind == "desk"]

    assert {prefix for window in hall.windows for prefix in window.queues} == prefixes
    assert [window.number for window in hall.windows] == list(range(1, len(hall.windows) + 1))
    assert [window.queues for window in desks] == [("Z",)]


def test_some_desks_carry_a_name_of_their_own() -> None:
    names = {hall.desk_name for hall in HALLS.values()}

    assert names >= {"朝我说", "密切帮", "“办不成事”反映窗口"}


def test_every_telephone_number_is_invented() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.yml")]
    mobiles = {m for text in texts for m in re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)}
    duty = [d.duty_phone for hall in HALLS.values() for d in hall.departments]

    assert mobiles == {script.applicant.phone for script in CONTENT.cases}
    assert all(re.fullmatch(r"1990000\d{4}", number) for number in mobiles)
    assert all(re.fullmatch(r"0000-555\d{4}", number) for number in duty)
    assert len(set(duty)) == len(duty)


def test_identity_numbers_check_out_but_belong_to_no_area() -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
    for number in {script.applicant.id_number for script in CONTENT.cases}:
        total = sum(int(d) * w for d, w in zip(number[:17], weights, strict=True))

        assert number.startswith("990101")
        assert number[17] == "10X98765432"[total % 11]


def test_code_lists_are_those_of_the_case_rules() -> None:
    lists = CONTENT.catalogue

    assert set(lists["causes"]) == set(rules.Cause)
    assert set(lists["outcomes"]) == set(rules.Outcome)
    assert set(lists["reception_outcomes"]) == set(rules.ReceptionOutcome)
    assert set(lists["blocking_reasons"]) == rules.BLOCKING_REASONS
    assert {code[0] for code in lists["blocking_reasons"]} == set(lists["blocking_groups"])


def test_thirty_real_and_at_least_twenty_five_everyday_items() -> None:
    real = [code for code in CONTENT.items if code.isdigit()]
    everyday = [code for code in CONTENT.items if code.startswith("YJ-")]

    assert len(real) == 30
    assert len(everyday) >= 25
    assert len(real) + len(everyday) == len(CONTENT.items)
    assert {item.unit for item in CONTENT.items.values()} <= set(CONTENT.units)


def test_legal_bases_are_whole_articles() -> None:
    assert len(CONTENT.legal_bases) >= 25
    for basis in CONTENT.legal_bases.values():
        assert re.fullmatch(r"第[一二三四五六七八九十百]+条", basis.article)
        assert not re.search(r"[#<>*]|第[一二三四五六七八九十百]+[章节] ", basis.text)
        assert basis.text.endswith(("。", "；"))


def test_an_article_reads_as_published() -> None:
    assert CONTENT.legal_bases["XKF-38"].text == (
        "申请人的申请符合法定条件、标准的，行政机关应当依法作出准予行政许可的书面决定。\n"
        "行政机关依法作出不予行政许可的书面决定的，应当说明理由，"
        "并告知申请人享有依法申请行政复议或者提起行政诉讼的权利。"
    )


def test_receptions_without_a_case_are_coded_and_before_now() -> None:
    now = CONTENT.shapes.demo_minute
    for visit in CONTENT.receptions:
        assert visit.hall in HALLS
        assert visit.item is None or visit.item in CONTENT.items
        assert visit.exemption is None or visit.exemption in CONTENT.catalogue["exemptions"]
        assert visit.ago > 0 or visit.minute < now
        assert visit.outcome is not rules.ReceptionOutcome.REGISTERED
        refused = visit.outcome is rules.ReceptionOutcome.NOT_ACCEPTED
        assert refused == (visit.reason_code in CONTENT.catalogue["not_accepted_reasons"])
        assert visit.right_channel or not refused
