"""What stands under a person's bell (security.md: nobody reads of what is not theirs)."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from apps.notices import queries, services
from apps.notices.services import Note, To
from bancheng.config.live.topics import may_hear
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def tell(ref: HallRef, to: To, *, by: Actor = SYSTEM, kind: str = "test.told") -> list[UUID]:
    with hall(ref):
        return services.tell(Note(kind, "", None, "BCS-1", {"n": 1}), to=to, by=by)


def listed(ref: HallRef, by: Actor) -> list[str]:
    with hall(ref):
        return [row.kind for row in queries.own(by).order_by(*queries.ORDER)]


def test_a_notice_reaches_posts_roles_and_a_units_people_once_each(team: Team) -> None:
    unit_lead = people.staff_in(team.ref, Role.DEPT_LEAD, department=team.unit)
    to = To(posts=[team.desk.post_id, None], roles=[Role.DESK_OFFICER], unit=team.unit)

    told = tell(team.ref, to)

    assert set(told) == {team.desk.post_id, team.handler.post_id, unit_lead.post_id}
    assert len(told) == 3
    leads = To(unit=team.unit, leads_only=True)
    assert tell(team.ref, leads) == [unit_lead.post_id]
    assert listed(team.ref, team.clerk) == []


def test_who_caused_it_is_not_told(team: Team) -> None:
    told = tell(team.ref, To(posts=[team.desk.post_id, team.lead.post_id]), by=team.desk)

    assert told == [team.lead.post_id]


def test_unread_stand_first_and_reading_is_for_ones_own(team: Team) -> None:
    caller, other = caller_for(team.ref, team.desk), caller_for(team.ref, team.clerk)
    both = To(posts=[team.desk.post_id, team.clerk.post_id])
    tell(team.ref, both, kind="test.first")
    tell(team.ref, both, kind="test.second")
    first = caller.get("notices").json()
    assert [row["kind"] for row in first["results"]] == ["test.second", "test.first"]
    assert first["unread"] == 2

    answer = caller.post("notices/read", {"ids": [first["results"][0]["id"]]})

    assert answer.json() == {"unread": 1}
    assert [row["kind"] for row in caller.get("notices").json()["results"]] == [
        "test.first",
        "test.second",
    ]
    page = caller.get("notices?limit=1").json()
    rest = caller.get(f"notices?limit=1&cursor={page['next']}").json()
    assert [row["kind"] for row in rest["results"]] == ["test.second"]
    stolen = [row["id"] for row in other.get("notices").json()["results"]]
    assert caller.post("notices/read", {"ids": stolen}).json() == {"unread": 1}
    assert other.get("notices").json()["unread"] == 2
    assert caller.post("notices/read", {"all": True}).json() == {"unread": 0}


def test_reading_nothing_is_refused(team: Team) -> None:
    tell(team.ref, To(posts=[team.desk.post_id]))

    with hall(team.ref), pytest.raises(Invalid):
        services.mark_read(by=team.desk)

    with hall(team.ref):
        assert queries.unread(team.desk) == 1


def test_a_notice_about_a_case_one_may_not_see_is_not_there(team: Team) -> None:
    case = team.dispatched()
    other = people.staff_in(
        team.ref, Role.DEPT_HANDLER, department=people.department_in(team.ref, "社保科")
    )
    note = Note("test.case", "case", case.id, case.number)
    with hall(team.ref):
        services.tell(note, to=To(posts=[other.post_id, team.handler.post_id]), by=SYSTEM)

    assert listed(team.ref, other) == []
    assert caller_for(team.ref, other).get("notices").json()["unread"] == 0
    assert listed(team.ref, team.handler) == ["test.case"]


def test_another_halls_notices_are_not_there(team: Team, district: HallRef) -> None:
    tell(team.ref, To(posts=[team.desk.post_id]))

    with hall(district):
        assert queries.unread(team.desk) == 0


def test_the_bell_rings_after_the_outbox_ran(team: Team) -> None:
    topic = f"post:{team.desk.post_id}"
    tell(team.ref, To(posts=[team.desk.post_id]))

    with hall(team.ref):
        assert live.heads([topic])[topic] == 0
        outbox.drain()
        assert live.heads([topic])[topic] == 1


def test_only_a_posts_own_person_hears_its_bell(team: Team) -> None:
    device = Actor(kind="device", name="大屏", post_id=team.desk.post_id)
    with hall(team.ref):
        assert may_hear(team.desk, f"post:{team.desk.post_id}")
        assert not may_hear(team.lead, f"post:{team.desk.post_id}")
        assert not may_hear(device, f"post:{team.desk.post_id}")
        assert not may_hear(team.desk, f"post:{uuid4()}")


def test_old_notices_go(team: Team) -> None:
    """Read ones after 90 days, unread ones after 180."""
    with frozen(datetime(2026, 1, 5, 9, tzinfo=ZONE)), hall(team.ref):
        tell(team.ref, To(posts=[team.desk.post_id]), kind="test.read")
        services.mark_read(everything=True, by=team.desk)
        tell(team.ref, To(posts=[team.desk.post_id]), kind="test.unread")

    with frozen(datetime(2026, 4, 5, 8, tzinfo=ZONE)), hall(team.ref):
        assert services.forget() == 0
    with frozen(datetime(2026, 4, 6, 9, tzinfo=ZONE)), hall(team.ref):
        assert services.forget() == 1
    with frozen(datetime(2026, 7, 5, 9, tzinfo=ZONE)), hall(team.ref):
        assert services.forget() == 1


def test_however_much_a_page_holds_the_bell_counts_all(team: Team) -> None:
    """Six notices, two of them read: each page and each length says four."""
    caller = caller_for(team.ref, team.desk)
    told = [tell(team.ref, To(posts=[team.desk.post_id])) for _ in range(6)]
    assert len(told) == 6
    first = caller.get("notices").json()
    read = [row["id"] for row in first["results"][:2]]
    caller.post("notices/read", {"ids": read})

    for limit in (1, 3, 4, 5, 6, 7):
        page = caller.get(f"notices?limit={limit}").json()
        assert page["unread"] == 4
        while page["next"]:
            page = caller.get(f"notices?limit={limit}&cursor={page['next']}").json()
            assert page["unread"] == 4
