"""The city sees its network, a district its subtree, a street nothing, whatever the role."""

import pytest

from bancheng.city.rollups.facts import Facts
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from tests.overview.conftest import Fold, body_of
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

ALLOWED = (Role.CITY_ADMIN, Role.DISTRICT_ADMIN, Role.SUPERVISOR, Role.ANALYST)


@pytest.mark.parametrize("role", ALLOWED)
def test_these_may(city: HallRef, role: Role) -> None:
    assert caller_for(city, staff_in(city, role)).get("city/halls").status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role) - set(ALLOWED)))
def test_everybody_else_may_not(city: HallRef, role: Role) -> None:
    answer = caller_for(city, staff_in(city, role)).get("city/halls")

    assert (answer.status_code, body_of(answer)["code"]) == (403, "forbidden")


@pytest.mark.parametrize("path", ["city/halls", "city/halls/{}", "city/facts?hall={}"])
def test_a_street_is_refused_even_about_itself(street: HallRef, fold: Fold, path: str) -> None:
    fold(street, Facts(cases=1))
    caller = caller_for(street, staff_in(street, *ALLOWED))

    assert caller.get(path.format(street.id)).status_code == 403


@pytest.mark.parametrize("path", ["city/halls", "city/halls/{}", "city/facts?hall={}"])
def test_nobody_is_asked_to_sign_in(city: HallRef, path: str) -> None:
    assert Caller(city).get(path.format(city.id)).status_code == 401


def test_a_district_sees_its_subtree_and_its_sum(
    city: HallRef, district: HallRef, street: HallRef, other_street: HallRef, fold: Fold
) -> None:
    fold(city, Facts(cases=100))
    for ref in (district, street, other_street):
        fold(ref, Facts(cases=2, due_n=20, on_time_n=15))
    caller = caller_for(district, staff_in(district, Role.DISTRICT_ADMIN))

    answer = caller.get("city/halls")

    body = body_of(answer)
    assert {row["name"] for row in body["halls"]} == {district.name, street.name, other_street.name}
    assert (body["network"]["cases"], body["network"]["on_time"]["value"]) == (6, 0.75)
    assert "X-Event-Seq" not in answer
    assert caller.get(f"city/halls/{city.id}").status_code == 404


def test_a_token_without_the_scope_is_refused(city: HallRef) -> None:
    actor = staff_in(city, Role.CITY_ADMIN)

    assert caller_for(city, actor, scopes=["city.read"]).get("city/halls").status_code == 200
    assert caller_for(city, actor, scopes=["staff.read"]).get("city/halls").status_code == 403
