"""The catalogue belongs to a network; its city hall writes, every hall of it reads."""

import json
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.http import HttpResponse

from bancheng.city.catalogue import blocking_words, codes, queries, services
from bancheng.city.catalogue.queries import LegalBasisRef, ServiceItemRef
from bancheng.city.parameters import registry
from bancheng.city.parameters import services as parameters
from bancheng.city.parameters.errors import BadParameter
from bancheng.city.parameters.services import NewValue
from bancheng.config.demo import content
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

ITEM = ServiceItemRef("YJ-GA-02", "户口登记项目变更更正", "公安", ("district", "street"))
BASIS = LegalBasisRef("XKF-38", "行政许可法", "第三十八条", "行政机关依法作出……", "2019-04-23")


@pytest.fixture
def filled(city: HallRef) -> None:
    with hall(city):
        services.put_service_items(items=[ITEM], by=SYSTEM)
        services.put_legal_bases(bases=[BASIS], by=SYSTEM)


@pytest.mark.django_db
def test_every_hall_of_the_network_reads_what_its_city_put(filled: None, street: HallRef) -> None:
    with hall(street):
        assert queries.service_items() == [ITEM]
        assert queries.legal_basis("XKF-38") == BASIS


@pytest.mark.django_db
def test_another_network_sees_nothing_of_it(filled: None, stranger: HallRef) -> None:
    with hall(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalogue_serviceitem")
        assert cursor.fetchone() == (0,)
        assert queries.service_item("YJ-GA-02") is None


@pytest.mark.django_db
def test_putting_again_replaces_by_code(filled: None, city: HallRef) -> None:
    renamed = ServiceItemRef("YJ-GA-02", "户口变更", "公安", ("district",))
    with hall(city):
        services.put_service_items(items=[renamed], by=SYSTEM)

        assert queries.service_items() == [renamed]


@pytest.mark.django_db
def test_a_district_hall_may_not_write(filled: None, district: HallRef) -> None:
    with hall(district):
        with pytest.raises(Forbidden):
            services.put_service_items(items=[ITEM], by=SYSTEM)
        with pytest.raises(Forbidden):
            services.put_legal_bases(bases=[BASIS], by=staff_in(district, Role.CITY_ADMIN))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE catalogue_serviceitem SET name = 'x'",
        "DELETE FROM catalogue_serviceitem",
    ],
)
def test_the_database_lets_a_district_change_nothing(
    filled: None, district: HallRef, statement: str
) -> None:
    with hall(district), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0
        assert queries.service_items() == [ITEM]


@pytest.mark.django_db
def test_the_database_refuses_a_district_a_new_item(district: HallRef) -> None:
    insert = (
        "INSERT INTO catalogue_serviceitem (id, network_id, code, name, unit, levels)"
        " VALUES (gen_random_uuid(), %s, 'x', 'x', '', '[]')"
    )
    with (
        hall(district),
        pytest.raises(Error, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, [district.network_id])


@pytest.mark.django_db
def test_a_page_gets_codes_items_and_articles_at_once(filled: None, street: HallRef) -> None:
    caller = caller_for(street, staff_in(street, Role.DEPT_HANDLER))

    body = body_of(caller.get("catalogue"))

    assert body["serviceItems"] == [
        {"code": "YJ-GA-02", "name": "户口登记项目变更更正", "department": "公安"}
    ]
    assert body["legalBases"][0]["text"] == "行政机关依法作出……"
    said = {one["code"]: one for one in body["blockingReasons"]}
    assert (said["B5"]["parent"], said["B5"]["label"]) == ("B", "签字或委托无法核实")
    assert (said["B"]["parent"], said["B"]["label"]) == (None, "材料证照")
    assert [cause["code"] for cause in body["causes"]] == ["cannot", "hard", "unwilling"]
    assert body["pauseReasons"] == []


@pytest.mark.django_db
def test_a_visitor_gets_no_catalogue(street: HallRef) -> None:
    assert Caller(street).get("catalogue").status_code == 401


@pytest.mark.django_db
def test_a_page_gets_the_words_of_a_hall_and_of_the_product_in_three_languages(
    street: HallRef,
) -> None:
    """C-03, C-79: a reason a hall added is worded as far as the hall did; a shipped one wholly."""
    added: dict[str, object] = {"C21": {"zh-CN": "网络慢", "en": "Slow network"}, "C22": "打印机坏"}
    hidden = ["B2"]
    rules: dict[str, object] = {
        "market": {"channel": "12315"},
        "own_1": {"reason": {"zh-CN": "甲"}, "channel": "乙"},
    }
    with hall(street):
        for key, value in (("triage.blocking_added", added), ("intake.acceptance_rules", rules)):
            parameters.decide(NewValue(key, value, "会议纪要", clock.today()), by=SYSTEM)
        own = NewValue("triage.blocking_hidden", hidden, "会议纪要", clock.today())
        parameters.decide(own, by=SYSTEM)
    caller = caller_for(street, staff_in(street, Role.DEPT_HANDLER))

    body = body_of(caller.get("catalogue"))

    words = {one["code"]: one["words"] for one in body["blockingReasons"]}
    assert "B2" not in words
    assert [one["words"]["en"] for one in body["hiddenReasons"]] == [
        "Certificates that contradict each other"
    ]
    assert words["C21"] == {"zh-CN": "网络慢", "en": "Slow network"}
    assert words["C22"] == {"zh-CN": "打印机坏"}
    assert words["C1"] == {
        "zh-CN": "系统故障或网络中断",
        "zh-TW": "系統故障或網路中斷",
        "en": "System or network down",
    }
    said = {one["code"]: one for one in body["notAcceptedReasons"]}
    assert (said["market"]["words"], said["market"]["channel"]) == ({}, "12315")
    assert (said["own_1"]["label"], said["own_1"]["words"]) == ("甲", {"zh-CN": "甲"})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("triage.blocking_added", {"C21": {"en": "Slow network"}}),
        ("triage.blocking_added", {"C21": {"zh-CN": "网络慢", "fr": "lent"}}),
        ("triage.blocking_added", {"C21": "长" * 201}),
        ("triage.blocking_added", {"C21": 7}),
        ("intake.acceptance_rules", {"own_1": "甲"}),
        ("intake.acceptance_rules", {"own_1": {"reason": {"zh-TW": "甲"}, "channel": "乙"}}),
    ],
)
def test_what_a_hall_words_has_chinese_of_the_mainland_and_known_languages(
    key: str, value: dict[str, object]
) -> None:
    """C-79: zh-CN must stand, zh-TW and en may."""
    with pytest.raises(BadParameter):
        registry.check(registry.of(key), value)


def test_every_shipped_reason_and_group_is_worded_in_the_other_languages() -> None:
    assert set(blocking_words.REASONS) == set(codes.BLOCKING_REASONS)
    assert set(blocking_words.GROUPS) == set(codes.BLOCKING_GROUPS)


def test_every_blocking_reason_belongs_to_a_group() -> None:
    assert {code[0] for code in codes.BLOCKING_REASONS} == set(codes.BLOCKING_GROUPS)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("causes", codes.CAUSES),
        ("blocking_groups", codes.BLOCKING_GROUPS),
        ("blocking_reasons", codes.BLOCKING_REASONS),
        ("outcomes", codes.OUTCOMES),
        ("return_reasons", codes.RETURN_REASONS),
        ("referral_return_reasons", codes.REFERRAL_RETURN_REASONS),
        ("reception_outcomes", codes.RECEPTION_OUTCOMES),
        ("not_accepted_reasons", codes.NOT_ACCEPTED_REASONS),
        ("exemptions", codes.EXEMPTIONS),
    ],
)
def test_the_demonstration_uses_exactly_these_codes(name: str, labels: dict[str, str]) -> None:
    assert list(content.load().catalogue[name]) == list(labels)


def body_of(answer: HttpResponse) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.content)
