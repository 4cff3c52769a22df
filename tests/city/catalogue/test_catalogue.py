"""The catalogue belongs to a network; its city hall writes, every hall of it reads."""

import json
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.http import HttpResponse

from bancheng.city.catalogue import codes, queries, services
from bancheng.city.catalogue.queries import LegalBasisRef, ServiceItemRef
from bancheng.config.demo import content
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
    assert {"code": "B5", "parent": "B", "label": "签字或委托无法核实"} in body["blockingReasons"]
    assert {"code": "B", "parent": None, "label": "材料证照"} in body["blockingReasons"]
    assert [cause["code"] for cause in body["causes"]] == ["cannot", "hard", "unwilling"]
    assert body["pauseReasons"] == []


@pytest.mark.django_db
def test_a_visitor_gets_no_catalogue(street: HallRef) -> None:
    assert Caller(street).get("catalogue").status_code == 401


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
