"""Who may hear what: hints never tell more than the pages they make fetch (frontend.md §5.5)."""

from uuid import UUID, uuid4

import pytest

from bancheng.config.live.topics import first_refused, may_hear
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in
from tests.support.work import begin

pytestmark = pytest.mark.django_db

HALL_TOPICS = ("desk", "queue", "board", "referrals", "display")
UNIT, OTHER_UNIT = UUID(int=5), UUID(int=6)


def person(*roles: Role, scopes: frozenset[str] | None = None) -> Actor:
    return Actor(
        kind="person",
        name="某人",
        post_id=uuid4(),
        roles=frozenset(roles),
        department_id=UNIT,
        scopes=scopes,
    )


def heard(ref: HallRef, by: Actor) -> list[str]:
    with hall(ref):
        return [topic for topic in (*HALL_TOPICS, "city") if may_hear(by, topic)]


@pytest.mark.parametrize(
    ("role", "topics"),
    [
        (Role.DESK_OFFICER, list(HALL_TOPICS)),
        (Role.WINDOW_CLERK, list(HALL_TOPICS)),
        (Role.SHIFT_LEAD, list(HALL_TOPICS)),
        (Role.HALL_ADMIN, list(HALL_TOPICS)),
        (Role.DEPT_HANDLER, ["queue", "display"]),
        (Role.DEPT_LEAD, ["queue", "display"]),
        (Role.GUIDANCE_OFFICER, ["queue", "display"]),
        (Role.SUPERVISOR, list(HALL_TOPICS)),
        (Role.ANALYST, ["queue", "display"]),
    ],
)
def test_what_each_role_hears_in_a_street(street: HallRef, role: Role, topics: list[str]) -> None:
    assert heard(street, person(role)) == topics


def test_who_hears_what_is_decided_and_what_happens_at_the_door(street: HallRef) -> None:
    with hall(street):
        heard_by = {
            topic: {role for role in Role if may_hear(person(role), topic)}
            for topic in ("policies", "reception")
        }

    counter = {Role.DESK_OFFICER, Role.WINDOW_CLERK, Role.SHIFT_LEAD, Role.HALL_ADMIN}
    assert heard_by == {
        "policies": set(Role),
        "reception": counter | {Role.GUIDANCE_OFFICER},
    }


def test_who_is_at_a_meeting_or_a_piece_of_work_is_told_to_who_may_see_it(
    street: HallRef, district: HallRef
) -> None:
    team = Team(street)
    case = team.triaged()
    asked = {"units": [team.unit], "question": "能否补领？"}
    [item] = begin(street, case, "opinion", asked, team.desk)
    lead = caller_for(street, team.lead)
    body = {"topic": "跨科室补领", "cases": [case.id], "units": [team.unit]}
    topics = [f"work:{item.id}", f"meeting:{lead.post('meetings', body).json()['id']}"]
    other = staff_in(street, Role.DEPT_HANDLER, department=department_in(street, "公安科"))
    abroad = Team(district)

    with hall(street):
        heard_by = [[may_hear(by, topic) for topic in topics] for by in (team.handler, team.desk)]
        others = [may_hear(other, topic) for topic in topics]
    with hall(district):
        elsewhere = [may_hear(abroad.desk, topic) for topic in topics]

    assert heard_by == [[True, True], [True, True]]
    assert others == elsewhere == [False, False]


def test_the_citys_figures_are_heard_in_the_city_hall_only(
    city: HallRef, district: HallRef
) -> None:
    admin = person(Role.CITY_ADMIN)

    assert "city" in heard(city, admin)
    assert "city" not in heard(district, admin)
    assert "city" not in heard(city, person(Role.DESK_OFFICER))


def test_a_display_hears_what_is_called_out_and_nothing_else(street: HallRef) -> None:
    device = Actor(kind="device", name="大厅屏", post_id=uuid4())

    assert heard(street, device) == ["queue", "display"]
    with hall(street):
        assert not may_hear(device, f"dept:{UNIT}")


def test_a_token_hears_no_more_than_its_scopes(street: HallRef) -> None:
    narrowed = person(Role.HALL_ADMIN, scopes=frozenset({"windows.read"}))

    assert heard(street, narrowed) == ["queue", "display"]


def test_a_department_hears_its_own_inbox_only(street: HallRef) -> None:
    handler = person(Role.DEPT_HANDLER)

    with hall(street):
        assert may_hear(handler, f"dept:{UNIT}")
        assert not may_hear(handler, f"dept:{OTHER_UNIT}")
        assert may_hear(person(Role.DESK_OFFICER), f"dept:{OTHER_UNIT}")
        assert not may_hear(person(Role.ANALYST), f"dept:{UNIT}")


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "people",
        "nonsense",
        "desk:",
        "desk:1",
        "case",
        "case:",
        "case:7",
        "dept:00000000000000000000000000000005",
        "DEPT:00000000-0000-0000-0000-000000000005",
        "case:00000000-0000-0000-0000-000000000005 ",
    ],
)
def test_a_topic_that_is_none_is_heard_by_nobody(street: HallRef, topic: str) -> None:
    with hall(street):
        assert not may_hear(person(*Role), topic)


def test_an_unknown_case_is_heard_by_nobody(street: HallRef) -> None:
    with hall(street):
        assert not may_hear(person(Role.HALL_ADMIN), f"case:{uuid4()}")


def test_the_first_refused_topic_is_named(street: HallRef) -> None:
    with hall(street):
        assert first_refused(person(Role.DEPT_HANDLER), ["queue", "desk"]) == "desk"
        assert first_refused(person(Role.DESK_OFFICER), ["queue", "desk"]) is None
