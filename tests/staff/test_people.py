"""A hall administers its own people over HTTP (issue “Administration by the hall itself”)."""

from typing import Any
from uuid import UUID

import pytest

from apps.staff.errors import LastAdministrator
from apps.staff.models import Post
from apps.staff.services import access, posts
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live.models import LiveEvent
from tests.staff.browser import Browser
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db

NEW = {"username": "shi.lei", "name": "石磊", "roles": ["window_clerk"]}


@pytest.fixture
def admin(street: HallRef) -> Actor:
    return staff_in(street, Role.HALL_ADMIN)


@pytest.fixture
def office(street: HallRef, admin: Actor) -> Caller:
    return caller_for(street, admin)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def everything(ref: HallRef) -> Any:
    with hall(ref):
        posts = list(Post.objects.order_by("id").values())
        return posts, AuditEntry.objects.count(), LiveEvent.objects.count()


def last_audit(ref: HallRef) -> dict[str, Any]:
    with hall(ref):
        found: dict[str, Any] = AuditEntry.objects.order_by("-seq")[0].body
    return found


def roles_of(ref: HallRef, actor: Actor) -> list[str]:
    with hall(ref):
        assert actor.post_id is not None
        found: list[str] = Post.objects.get(id=actor.post_id).roles
    return found


class TestHiring:
    def test_a_new_person_gets_a_password_for_one_sign_in(
        self, street: HallRef, office: Caller
    ) -> None:
        made = office.post("people", NEW)
        body = made.json()

        browser = Browser(street)
        signed = browser.sign_in("shi.lei", body["password"]).json()
        refused = browser.get("windows")
        entry = last_audit(street)

        assert (made.status_code, body["roles"], body["state"]) == (201, ["window_clerk"], "active")
        assert made["ETag"] == '"v1"'
        assert len(body["password"]) == 14
        assert (signed["authenticated"], signed["mustChange"]) == (True, True)
        assert code(refused) == (403, "session.password_change_required")
        assert entry["action"] == "session.begun"

    def test_the_password_is_told_once_and_kept_nowhere(
        self, street: HallRef, office: Caller
    ) -> None:
        first, again = (office.post("people", NEW, key="one") for _ in range(2))

        assert first.json()["password"]
        assert again.json() == first.json() | {"password": None}

    def test_who_has_a_post_here_is_not_hired_again(self, street: HallRef, office: Caller) -> None:
        office.post("people", NEW)
        before = everything(street)

        answer = office.post("people", NEW)

        assert code(answer) == (409, "staff.post_exists")
        assert answer.json()["params"]["ended"] is False
        assert everything(street) == before

    def test_a_name_of_another_hall_of_the_network_is_taken(
        self, street: HallRef, other_street: HallRef, office: Caller
    ) -> None:
        staff_in(other_street, Role.GREETER, username="shi.lei")
        before = everything(street)

        assert code(office.post("people", NEW)) == (409, "identity.username_taken")
        assert everything(street) == before

    @pytest.mark.parametrize(
        ("change", "status", "expected"),
        [
            ({"roles": []}, 422, "invalid"),
            ({"roles": ["dept_handler"]}, 409, "staff.needs_department"),
            ({"roles": ["analyst", "greeter"]}, 409, "staff.roles_clash"),
            ({"roles": ["city_admin"]}, 403, "staff.role_not_yours"),
            ({"username": "石磊"}, 422, "invalid"),
            ({"department": UUID(int=7)}, 422, "invalid"),
        ],
    )
    def test_what_cannot_be_is_refused_and_changes_nothing(
        self, street: HallRef, office: Caller, change: dict[str, Any], status: int, expected: str
    ) -> None:
        before = everything(street)

        assert code(office.post("people", NEW | change)) == (status, expected)
        assert everything(street) == before

    def test_a_street_has_no_district_administrator(self, street: HallRef) -> None:
        above = caller_for(street, staff_in(street, Role.DISTRICT_ADMIN))

        answer = above.post("people", NEW | {"roles": ["district_admin"]})

        assert code(answer) == (409, "staff.role_elsewhere")


class TestRoles:
    def test_a_role_that_is_taken_is_lost_at_once(self, street: HallRef, office: Caller) -> None:
        clerk = staff_in(street, Role.WINDOW_CLERK, Role.GREETER)
        window = caller_for(street, clerk)
        before = window.get("cases").status_code

        body = {"name": "测试员", "roles": ["greeter"]}
        changed = office.post(f"people/{clerk.post_id}/change", body, version=1)

        assert (before, changed.status_code, window.get("cases").status_code) == (200, 200, 403)
        assert changed["ETag"] == '"v2"'
        entry = last_audit(street)
        assert entry["action"] == "staff.post_changed"
        assert entry["detail"] == {
            "roles": ["greeter"],
            "before": ["greeter", "window_clerk"],
            "proposed": [],
        }

    def test_an_open_page_of_the_person_hears_of_it(self, street: HallRef, office: Caller) -> None:
        clerk = staff_in(street, Role.WINDOW_CLERK)

        body = {"name": "测试员", "roles": ["greeter"]}
        office.post(f"people/{clerk.post_id}/change", body, version=1)

        with hall(street):
            heard = set(LiveEvent.objects.values_list("topic", flat=True))
        assert {"staff", "people", f"post:{clerk.post_id}"} <= heard

    def test_nobody_changes_her_own_post(
        self, street: HallRef, admin: Actor, office: Caller
    ) -> None:
        staff_in(street, Role.HALL_ADMIN)
        before = everything(street)
        body = {"name": "测试员", "roles": ["hall_admin", "shift_lead"]}

        for step in ("change", "lock", "end", "password", "unlock"):
            answer = office.post(f"people/{admin.post_id}/{step}", body, version=1)
            assert (step, *code(answer)) == (step, 403, "staff.own_post")
        assert everything(street) == before

    def test_a_version_that_is_over_is_refused(self, street: HallRef, office: Caller) -> None:
        clerk = staff_in(street, Role.WINDOW_CLERK)

        answer = office.post(f"people/{clerk.post_id}/lock", version=7)

        assert code(answer) == (412, "stale_version")

    def test_an_administrator_of_a_higher_rank_is_out_of_reach(self, district: HallRef) -> None:
        above = staff_in(district, Role.DISTRICT_ADMIN)
        office = caller_for(district, staff_in(district, Role.HALL_ADMIN))
        before = everything(district)

        body = {"name": "别的名字", "roles": ["district_admin"]}
        for step in ("change", "lock", "end", "password", "sign-out"):
            answer = office.post(f"people/{above.post_id}/{step}", body, version=1)
            assert (step, *code(answer)) == (step, 403, "staff.role_not_yours")
        assert everything(district) == before


class TestTwoPeople:
    """Supervisors see sealed files: one proposes, another one of theirs confirms."""

    def propose(self, office: Caller, who: Actor) -> Any:
        body = {"name": "测试员", "roles": ["greeter", "supervisor"]}
        return office.post(f"people/{who.post_id}/change", body, version=1)

    def test_the_role_comes_with_the_second_persons_yes(
        self, street: HallRef, office: Caller
    ) -> None:
        watcher = caller_for(street, staff_in(street, Role.SUPERVISOR))
        person = staff_in(street, Role.GREETER)

        waiting = self.propose(office, person).json()
        before = roles_of(street, person)
        listed = [row["id"] for row in watcher.get("people").json()["results"]]
        yes = {"decision": "confirm"}
        confirmed = watcher.post(f"people/{person.post_id}/decision", yes, version=2)

        assert (waiting["roles"], waiting["proposed"]["roles"]) == (["greeter"], ["supervisor"])
        assert (before, listed) == (["greeter"], [str(person.post_id)])
        assert confirmed.json()["roles"] == ["greeter", "supervisor"]
        assert last_audit(street)["action"] == "staff.roles_confirmed"

    def test_neither_who_proposed_nor_another_administrator_confirms_while_somebody_watches(
        self, street: HallRef, office: Caller
    ) -> None:
        staff_in(street, Role.SUPERVISOR)
        other = caller_for(street, staff_in(street, Role.HALL_ADMIN))
        person = staff_in(street, Role.GREETER)
        self.propose(office, person)
        before = everything(street)

        for caller in (office, other):
            yes = {"decision": "confirm"}
            answer = caller.post(f"people/{person.post_id}/decision", yes, version=2)
            assert code(answer) == (403, "staff.second_person")
            assert answer.json()["params"] == {"roles": ["discipline_observer", "supervisor"]}
        assert everything(street) == before

    def test_a_no_leaves_everything_as_it_was(self, street: HallRef, office: Caller) -> None:
        watcher = caller_for(street, staff_in(street, Role.SUPERVISOR))
        person = staff_in(street, Role.GREETER)
        self.propose(office, person)

        answer = watcher.post(
            f"people/{person.post_id}/decision", {"decision": "decline"}, version=2
        )
        again = watcher.post(
            f"people/{person.post_id}/decision", {"decision": "confirm"}, version=3
        )

        assert (answer.json()["proposed"], roles_of(street, person)) == (None, ["greeter"])
        assert code(again) == (409, "staff.nothing_proposed")

    def test_a_supervisors_password_takes_two_as_well(
        self, street: HallRef, office: Caller
    ) -> None:
        """Whoever could reset it alone would hold the role."""
        watched = staff_in(street, Role.SUPERVISOR, username="wang.fang")
        second = caller_for(street, staff_in(street, Role.DISCIPLINE_OBSERVER))

        asked = office.post(f"people/{watched.post_id}/password", version=1).json()
        kept = Browser(street).sign_in("wang.fang").status_code
        yes = {"decision": "confirm"}
        given = second.post(f"people/{watched.post_id}/decision", yes, version=2).json()
        opened = Browser(street).sign_in("wang.fang", given["password"]).json()

        assert (asked["password"], asked["proposed"]["what"], kept) == (None, "password", 200)
        assert opened["mustChange"] is True


class TestLeaving:
    def test_the_last_administrator_stays(self, district: HallRef) -> None:
        """Even for somebody above: the hall must be able to help itself."""
        only = staff_in(district, Role.HALL_ADMIN)
        with hall(district):
            assert only.post_id is not None
            Post.objects.exclude(id=only.post_id).update(active=False)
        watcher = staff_in(district, Role.SHIFT_LEAD)
        with hall(district):
            assert watcher.post_id is not None
            Post.objects.filter(id=watcher.post_id).update(roles=["hall_admin"], locked=True)
        before = everything(district)

        with hall(district):
            assert only.post_id is not None
            for end in (
                lambda: posts.end_post(post_id=only.post_id, version=1, to=None, by=SYSTEM),
                lambda: access.lock(post_id=only.post_id, version=1, by=SYSTEM),
            ):
                with pytest.raises(LastAdministrator):
                    end()
        assert everything(district) == before

    def test_a_post_with_cases_ends_once_somebody_takes_them_on(
        self, street: HallRef, office: Caller
    ) -> None:
        """C-61: accountability never ends with a person; the history says who followed."""
        team = Team(street)
        case = team.registered()
        leaving, heir = team.clerk, staff_in(street, Role.DESK_OFFICER)
        path = f"people/{leaving.post_id}"
        before = everything(street)

        file = office.get(path).json()
        refused = office.post(f"{path}/end", version=1)
        unfit = office.post(f"{path}/end", {"to": team.handler.post_id}, version=1)
        unchanged = everything(street) == before
        ended = office.post(f"{path}/end", {"to": heir.post_id}, version=1)
        with hall(street):
            case.refresh_from_db()
            last = case.events.order_by("-seq")[0]

        assert {one["kind"]: one["count"] for one in file["holdings"]}["cases.responsible"] == 1
        assert code(refused) == (409, "staff.still_holding")
        assert refused.json()["params"]["holdings"]["cases.responsible"] == 1
        assert (code(unfit), unchanged) == ((409, "staff.cannot_take_over"), True)
        assert (ended.status_code, ended.json()["state"]) == (200, "ended")
        assert case.first_responder_post == heir.post_id
        assert (last.kind, last.data["part"]) == ("succession", "responsible")

    def test_who_left_is_out_and_may_come_back_with_a_new_password(
        self, street: HallRef, office: Caller
    ) -> None:
        clerk = staff_in(street, Role.WINDOW_CLERK, username="wang.fang")
        browser, token = Browser(street), caller_for(street, clerk)
        browser.sign_in("wang.fang")

        office.post(f"people/{clerk.post_id}/end", version=1)
        out = browser.signed_in
        closed = code(Browser(street).sign_in("wang.fang"))
        body = {"name": "王芳", "roles": ["greeter"]}
        back = office.post(f"people/{clerk.post_id}/return", body, version=2).json()

        assert (out, closed) == (False, (403, "session.no_post_here"))
        assert token.get("windows").status_code == 401
        assert Browser(street).sign_in("wang.fang", back["password"]).json()["mustChange"] is True
        assert (back["state"], back["roles"]) == ("active", ["greeter"])

    def test_a_locked_post_opens_nothing_and_loses_nothing(
        self, street: HallRef, office: Caller
    ) -> None:
        clerk = staff_in(street, Role.WINDOW_CLERK, username="wang.fang")
        browser, token = Browser(street), caller_for(street, clerk)
        browser.sign_in("wang.fang")

        office.post(f"people/{clerk.post_id}/lock", version=1)
        out = (browser.signed_in, token.get("windows").status_code)
        refused = code(Browser(street).sign_in("wang.fang"))
        office.post(f"people/{clerk.post_id}/unlock", version=2)

        assert (out, refused) == ((False, 401), (403, "session.post_locked"))
        assert Browser(street).sign_in("wang.fang").status_code == 200
        assert token.get("windows").status_code == 200


class TestReading:
    def test_the_list_is_filtered_and_asked_for_in_few_queries(
        self, street: HallRef, office: Caller, django_assert_max_num_queries: Any
    ) -> None:
        unit = department_in(street, "档案科")
        staff_in(street, Role.DEPT_LEAD, department=unit)
        for _ in range(12):
            staff_in(street, Role.GREETER)

        with django_assert_max_num_queries(5):
            everybody = office.get("people").json()["results"]
        leads = office.get(f"people?role=dept_lead&department={unit}").json()["results"]

        assert len(everybody) >= 14
        assert [one["department"]["name"] for one in leads] == ["档案科"]
        assert code(office.get("people?role=king")) == (422, "invalid")
        assert code(office.get("people?department=x")) == (422, "invalid")

    def test_another_halls_person_is_unknown(self, office: Caller, other_street: HallRef) -> None:
        foreign = staff_in(other_street, Role.GREETER)

        answer = office.get(f"people/{foreign.post_id}")

        assert code(answer) == (404, "not_found")
