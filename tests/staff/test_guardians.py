"""Who administers a hall does not rid herself of who watches it: the last one who watches is let go
with the hall above's word, and two do not confirm for each other (domain.md §4.1, ADR 16)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from apps.notices.models import Notice
from apps.staff import people
from apps.staff.models import Post
from apps.staff.services import below
from bancheng.city.exchange.models import SealedLetter
from bancheng.city.identity.accounts import Hashed
from bancheng.kernel import ids
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.staff.browser import Browser
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in
from tests.support.referrals import hear

pytestmark = pytest.mark.django_db

YES, NO = {"decision": "confirm"}, {"decision": "decline"}
WHY = {"reason": "调离本厅，书面通知已到。"}


@pytest.fixture
def admin(street: HallRef) -> Actor:
    return staff_in(street, Role.HALL_ADMIN)


@pytest.fixture
def office(street: HallRef, admin: Actor) -> Caller:
    return caller_for(street, admin)


@pytest.fixture
def watcher(street: HallRef) -> Actor:
    """The only one in the street who watches."""
    return staff_in(street, Role.SUPERVISOR, username="wang.fang")


@pytest.fixture
def above(district: HallRef) -> Caller:
    return caller_for(district, staff_in(district, Role.SUPERVISOR))


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def standing(ref: HallRef) -> Any:
    with hall(ref):
        return list(Post.objects.order_by("id").values()), AuditEntry.objects.count()


def post_of(ref: HallRef, who: Actor) -> Post:
    with hall(ref):
        return Post.objects.get(id__in=[who.post_id])


def asked(caller: Caller) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get("questions").json()["results"]
    return found


def supervisor_proposed(office: Caller, who: Actor) -> Any:
    body = {"name": "测试员", "roles": ["greeter", "supervisor"]}
    return office.post(f"people/{who.post_id}/change", body, version=1)


class TestTheLastOneWhoWatches:
    @pytest.mark.parametrize(
        ("step", "body"),
        [("lock", {}), ("end", {}), ("change", {"name": "王芳", "roles": ["greeter"]})],
    )
    def test_she_stays_whatever_an_administrator_does(
        self, street: HallRef, office: Caller, watcher: Actor, step: str, body: dict[str, Any]
    ) -> None:
        locked = staff_in(street, Role.SUPERVISOR)
        with hall(street):
            Post.objects.filter(id__in=[locked.post_id]).update(locked=True)
        before = standing(street)

        answer = office.post(f"people/{watcher.post_id}/{step}", body, version=1)

        assert code(answer) == (409, "staff.last_guardian")
        assert answer.json()["params"] == {"roles": ["supervisor"]}
        assert standing(street) == before
        assert office.get(f"people/{watcher.post_id}").json()["last_guardian"] is True

    def test_once_another_watches_she_may_go(
        self, street: HallRef, office: Caller, watcher: Actor
    ) -> None:
        staff_in(street, Role.SUPERVISOR)

        ended = office.post(f"people/{watcher.post_id}/end", version=1)

        assert (ended.status_code, ended.json()["state"]) == (200, "ended")

    def test_with_the_hall_aboves_yes_she_is_let_go(
        self, street: HallRef, district: HallRef, office: Caller, watcher: Actor, above: Caller
    ) -> None:
        waiting = office.post(f"people/{watcher.post_id}/release", WHY, version=1).json()
        still = post_of(street, watcher)
        hear(street, district)
        question = asked(above)[0]
        answered = above.post(f"questions/{question['id']}/decision", YES)
        again = above.post(f"questions/{question['id']}/decision", NO)
        hear(street, district)
        gone = post_of(street, watcher)
        with hall(district):
            told = list(Notice.objects.values_list("kind", "params"))

        assert (waiting["proposed"]["what"], waiting["proposed"]["above"]) == ("release", True)
        assert (still.roles, still.locked) == (["supervisor"], False)
        assert told == [("staff.asked_above", {"hall": street.name})]
        asked_for = (question["hall"], question["username"], question["what"], question["reason"])
        assert asked_for == (street.name, "wang.fang", "release", WHY["reason"])
        assert (answered.status_code, answered.json()) == (200, {"password": None})
        assert (code(again), asked(above)) == ((409, "staff.question_over"), [])
        assert (gone.roles, gone.locked, gone.proposed) == ([], True, None)
        assert office.post(f"people/{watcher.post_id}/end", version=gone.version).status_code == 200

    def test_a_no_and_a_withdrawn_question_leave_her_where_she_is(
        self, street: HallRef, district: HallRef, office: Caller, watcher: Actor, above: Caller
    ) -> None:
        path = f"people/{watcher.post_id}"
        office.post(f"{path}/release", WHY, version=1)
        above.post(f"questions/{asked(above)[0]['id']}/decision", NO)
        hear(street, district)
        declined = post_of(street, watcher)
        office.post(f"{path}/release", WHY, version=declined.version)
        withdrawn = office.post(f"{path}/decision", NO, version=declined.version + 1)
        above.post(f"questions/{asked(above)[0]['id']}/decision", YES)
        hear(street, district)
        kept = post_of(street, watcher)

        assert (declined.proposed, withdrawn.json()["proposed"]) == (None, None)
        assert (kept.roles, kept.locked) == (["supervisor"], False)

    def test_without_need_or_reason_nobody_above_is_asked(
        self, street: HallRef, city: HallRef, office: Caller, watcher: Actor
    ) -> None:
        greeter = staff_in(street, Role.GREETER)
        top = staff_in(city, Role.SUPERVISOR)
        head = caller_for(city, staff_in(city, Role.CITY_ADMIN))
        before = standing(street), standing(city)

        blank = office.post(f"people/{watcher.post_id}/release", {"reason": " "}, version=1)
        others = office.post(f"people/{greeter.post_id}/release", WHY, version=1)
        nobody = head.post(f"people/{top.post_id}/release", WHY, version=1)

        assert code(blank) == (422, "invalid")
        assert code(others) == (409, "staff.others_watch")
        assert code(nobody) == (409, "staff.nobody_above")
        assert (standing(street), standing(city)) == before


class TestNobodyHereMayBeTheSecond:
    def test_two_administrators_do_not_make_the_first_supervisor(
        self, street: HallRef, district: HallRef, office: Caller, above: Caller
    ) -> None:
        other = caller_for(street, staff_in(street, Role.HALL_ADMIN))
        person = staff_in(street, Role.GREETER)
        supervisor_proposed(office, person)
        before = standing(street)

        refused = other.post(f"people/{person.post_id}/decision", YES, version=2)
        unchanged = standing(street)
        above.post(f"questions/{asked(above)[0]['id']}/decision", YES)
        hear(street, district)

        assert code(refused) == (403, "staff.decided_above")
        assert unchanged == before
        assert post_of(street, person).roles == ["greeter", "supervisor"]

    def test_at_the_top_another_administrator_confirms(self, city: HallRef) -> None:
        one, other = (caller_for(city, staff_in(city, Role.CITY_ADMIN)) for _ in range(2))
        person = staff_in(city, Role.GREETER)
        supervisor_proposed(one, person)

        own = one.post(f"people/{person.post_id}/decision", YES, version=2)
        confirmed = other.post(f"people/{person.post_id}/decision", YES, version=2)

        assert (code(own), confirmed.status_code) == ((403, "staff.second_person"), 200)

    def test_the_only_supervisors_password_is_made_and_told_above(
        self, street: HallRef, district: HallRef, office: Caller, watcher: Actor, above: Caller
    ) -> None:
        """Whoever of her own hall learnt it could be her."""
        office.post(f"people/{watcher.post_id}/password", version=1)
        path = f"questions/{asked(above)[0]['id']}/decision"
        told = above.post(path, YES, key="one").json()["password"]
        kept = above.post(path, YES, key="one").json()["password"]
        hear(street, district)

        signed = Browser(street).sign_in("wang.fang", told).json()

        assert (kept, signed["mustChange"]) == (None, True)


class TestNotForEachOther:
    def test_who_owes_her_role_to_somebody_does_not_confirm_one_for_her(
        self, city: HallRef
    ) -> None:
        """A confirms B, then B would confirm A: refused for 180 days, a third may."""
        first, second, third = (staff_in(city, Role.CITY_ADMIN) for _ in range(3))
        two, three = caller_for(city, second), caller_for(city, third)
        with hall(city):
            Post.objects.filter(id__in=[second.post_id]).update(
                vouched=[{"by": [str(first.post_id)], "at": "2026-01-05T09:00:00+08:00"}]
            )
            Post.objects.filter(id__in=[first.post_id]).update(roles=["hall_admin"])
        body = {"name": "测试员", "roles": ["hall_admin", "city_admin"]}
        three.post(f"people/{first.post_id}/change", body, version=1)
        fourth = staff_in(city, Role.CITY_ADMIN)
        before = standing(city)

        with frozen(datetime(2026, 7, 4, 9, tzinfo=ZONE)):
            refused = two.post(f"people/{first.post_id}/decision", YES, version=2)
        unchanged = standing(city)
        allowed = caller_for(city, fourth)
        confirmed = allowed.post(f"people/{first.post_id}/decision", YES, version=2)

        assert code(refused) == (403, "staff.mutual_confirmation")
        assert refused.json()["params"] == {"days": 180}
        assert unchanged == before
        assert confirmed.json()["roles"] == ["city_admin", "hall_admin"]
        vouched = [one["by"] for one in post_of(city, first).vouched]
        assert vouched == [[str(third.post_id), str(fourth.post_id)]]

    def test_a_role_given_is_remembered(self, street: HallRef, office: Caller) -> None:
        staff = [staff_in(street, Role.SUPERVISOR), staff_in(street, Role.GREETER)]
        supervisor_proposed(office, staff[1])

        confirm = caller_for(street, staff[0]).post
        confirm(f"people/{staff[1].post_id}/decision", YES, version=2)

        assert str(staff[0].post_id) in post_of(street, staff[1]).vouched[0]["by"]


class TestWhoMayAnswer:
    def test_another_hall_and_who_does_not_guard_learn_and_decide_nothing(
        self,
        street: HallRef,
        other_street: HallRef,
        city: HallRef,
        district: HallRef,
        office: Caller,
        watcher: Actor,
        above: Caller,
    ) -> None:
        office.post(f"people/{watcher.post_id}/release", WHY, version=1)
        question = asked(above)[0]["id"]

        for ref in (other_street, city, street):
            caller = caller_for(ref, staff_in(ref, Role.SUPERVISOR))
            assert asked(caller) == []
            answer = caller.post(f"questions/{question}/decision", YES)
            assert code(answer) == (404, "not_found")
        clerk = caller_for(district, staff_in(district, Role.HALL_ADMIN))
        assert clerk.get("questions").status_code == 403
        assert clerk.post(f"questions/{question}/decision", YES).status_code == 403
        with hall(district):
            assert SealedLetter.objects.get(id=question).taken_at is None

    def test_an_answer_that_is_not_from_the_hall_above_does_nothing(
        self, street: HallRef, other_street: HallRef, office: Caller, watcher: Actor
    ) -> None:
        office.post(f"people/{watcher.post_id}/release", WHY, version=1)
        kept = post_of(street, watcher)
        assert kept.proposed is not None
        before = standing(street)

        for question, whence in (
            (UUID(kept.proposed["above"]), other_street.id),
            (ids.new_id(), street.parent_id),
        ):
            assert whence is not None
            with hall(street):
                made = below.Answer(question, whence, kept.id, "confirm", "某人", Hashed())
                assert below.carry_out(made) is None

        assert standing(street) == before

    def test_what_waits_is_read_with_one_question(
        self, street: HallRef, django_assert_num_queries: Any
    ) -> None:
        reader = staff_in(street, Role.SUPERVISOR)
        with hall(street), pytest.raises(Forbidden):
            people.questions_of(staff_in(street, Role.HALL_ADMIN))
        with hall(street), django_assert_num_queries(1):
            assert people.questions_of(reader) == []
