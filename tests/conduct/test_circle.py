"""Who may know of a file, and who no longer may (C-13, domain.md §4.1)."""

import pytest

from apps.cases.errors import AlreadyReferred
from apps.cases.permissions import visible_to
from apps.cases.rules import Answer, Cause, Difficulty
from apps.cases.services import sealing
from apps.cases.services.sealing import Accusation
from apps.cases.services.triage import Finding
from apps.conduct.models import ConductFile, ConductIdentity
from apps.conduct.rules import State
from bancheng.config.live import topics
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.outbox import queue as outbox
from tests.conduct.scene import Scene
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import staff_in
from tests.support.referrals import refer

pytestmark = pytest.mark.django_db
OTHERS = Accusation(others="外单位的人")


def circle_of(scene: Scene, file: ConductFile) -> set[object]:
    with hall(scene.ref):
        return set(sealing.locked(file.case_id).circle)


def test_supervisors_and_observers_know_and_nobody_else(scene: Scene) -> None:
    file = scene.file(OTHERS)

    assert circle_of(scene, file) == {
        scene.supervisor.post_id,
        scene.second.post_id,
        scene.observer.post_id,
    }


@pytest.mark.parametrize("named", ["post", "unit"])
def test_an_accused_supervisor_is_outside(named: str, scene: Scene) -> None:
    meant = staff_in(scene.ref, Role.SUPERVISOR, department=scene.unit)
    about = scene.about(meant) if named == "post" else scene.about(units=(scene.unit,))
    file = scene.file(about)

    assert meant.post_id not in circle_of(scene, file)
    assert scene.at(meant).get(f"conduct/{file.id}").status_code == 404


def test_a_supervisor_who_comes_later_knows_at_once(scene: Scene) -> None:
    file = scene.file(OTHERS)

    newcomer = staff_in(scene.ref, Role.SUPERVISOR)

    assert scene.at(newcomer).get(f"conduct/{file.id}").status_code == 200


def test_whoever_declares_a_conflict_loses_sight_at_once(scene: Scene) -> None:
    """回避: the answer shows nothing more, and neither does the topic."""
    file = scene.file(OTHERS)
    second = scene.at(scene.second)

    answer = second.post(
        f"conduct/{file.id}/recusals", {"reason": "是我亲属"}, version=file.version
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert second.get(f"conduct/{file.id}").status_code == 404
    told = scene.at(scene.supervisor).get(f"conduct/{file.id}").json()["recused"]
    assert [(one["reason"], one["ordered"]) for one in told] == [("是我亲属", False)]


def test_an_observer_does_not_order_others_out(scene: Scene) -> None:
    file = scene.file(OTHERS)
    body = {"post": scene.second.post_id, "reason": "x"}

    answer = scene.at(scene.observer).post(
        f"conduct/{file.id}/recusals", body, version=file.version
    )

    assert answer.status_code == 403
    assert scene.second.post_id in circle_of(scene, file)


def test_the_last_who_may_decide_cannot_leave_without_somebody_else(scene: Scene) -> None:
    """C-13: the refusal says what to do instead."""
    file = scene.file(scene.about(scene.second))
    body = {"reason": "x"}

    answer = scene.at(scene.supervisor).post(
        f"conduct/{file.id}/recusals", body, version=file.version
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "conduct.nobody_left")
    assert scene.supervisor.post_id in circle_of(scene, file)


def test_a_named_handler_joins_and_leaves(scene: Scene) -> None:
    file = scene.file(OTHERS)
    admin = staff_in(scene.ref, Role.HALL_ADMIN)
    supervisor, asked = scene.at(scene.supervisor), f"conduct/{file.id}"

    named = supervisor.post(f"{asked}/handlers", {"posts": [admin.post_id]}, version=1)
    seen = scene.at(admin).get(asked).status_code
    unnamed = supervisor.post(f"{asked}/handlers", {"posts": []}, version=2)
    wrong = supervisor.post(f"{asked}/handlers", {"posts": [scene.clerk.post_id]}, version=3)

    assert (named.status_code, seen, unnamed.status_code) == (200, 200, 200)
    assert scene.at(admin).get(asked).status_code == 404
    assert (wrong.status_code, wrong.json()["code"]) == (422, "conduct.post_not_fit")


def test_only_ones_own_topic_of_files_can_be_heard(scene: Scene) -> None:
    with hall(scene.ref):
        assert topics.may_hear(scene.supervisor, f"conduct:{scene.supervisor.post_id}")
        assert not topics.may_hear(scene.second, f"conduct:{scene.supervisor.post_id}")
        assert not topics.may_hear(scene.clerk, f"conduct:{scene.clerk.post_id}")


def test_when_everybody_is_meant_the_file_goes_to_the_hall_above(
    scene: Scene, street: HallRef
) -> None:
    """C-13: nobody of the street may handle it, the district does; the identity goes along."""
    below = Scene(street)
    about = below.about(below.supervisor, below.second, below.meant)
    case = below.registered(about)

    with hall(street):
        outbox.drain()
        kept = ConductFile.objects.get(case_id=case.id)
        assert (kept.state, ConductIdentity.objects.count()) == (State.SENT_UP, 0)
    with hall(scene.ref):
        came = ConductFile.objects.get()
        person = ConductIdentity.objects.get(file=came)
    row = scene.at(scene.supervisor).get("conduct").json()["results"][0]

    assert below.at(below.observer).get("conduct").json()["results"] == []
    assert row["id"] == str(came.id)
    assert street.name in row["others"]
    assert person.phone is not None


def test_the_top_hall_needs_somebody_who_is_not_meant(city: HallRef) -> None:
    top = Scene(city)
    body = top.new(accused_posts=[top.supervisor.post_id, top.second.post_id])

    answer = top.at(top.clerk).post("conduct", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "conduct.nobody_left")
    with hall(city):
        assert ConductFile.objects.count() == 0


def test_no_step_of_open_cases_reaches_a_sealed_one(scene: Scene) -> None:
    """Neither the system nor a supervisor of the circle meets it among cases."""
    case = scene.registered(OTHERS)

    with hall(scene.ref):
        for by in (SYSTEM, scene.supervisor, scene.clerk):
            assert not visible_to(by).filter(id=case.id).exists()
    assert scene.at(scene.supervisor).get(f"cases/{case.id}").status_code == 404


def test_triage_seals_in_its_own_transaction_and_shows_nothing(scene: Scene) -> None:
    """C-13: what nobody wanted to do; the clerk who said so sees it no more."""
    team = Team(scene.ref)
    case = team.registered()
    body = {
        "should_do": "yes",
        "can_do": "yes",
        "cause": "unwilling",
        "blocking_reason": "F1",
        "difficulty": "simple",
        "accused_posts": [scene.second.post_id],
    }
    desk = scene.at(team.desk)

    answer = desk.post(f"cases/{case.id}/triage", body, version=case.version, key="once")
    again = desk.post(f"cases/{case.id}/triage", body, version=case.version, key="once")

    assert (answer.status_code, answer.content) == (204, b"")
    assert (again.status_code, again.content) == (204, b"")
    assert desk.get(f"cases/{case.id}").status_code == 404
    file = scene.at(scene.supervisor).get("conduct").json()["results"][0]
    assert (file["facts"], [one["name"] for one in file["accused"]]) == (["F1"], ["测试员"])
    assert scene.at(scene.second).get("conduct").json()["results"] == []


def test_the_business_alone_goes_on_open_when_the_clerk_says_so(scene: Scene) -> None:
    team = Team(scene.ref)

    case = team.triaged(Finding(Answer.YES, Answer.YES, Cause.UNWILLING, "D2", Difficulty.SIMPLE))

    assert (case.sealed, case.state) == (False, "triaged")
    with hall(scene.ref):
        assert ConductFile.objects.count() == 0


def test_a_case_that_another_hall_knows_is_not_sealed(street: HallRef, district: HallRef) -> None:
    team = Team(street)
    case = team.triaged()
    refer(team, case)
    caller, asked = caller_for(street, team.desk), f"cases/{case.id}"
    version = caller.get(asked).json()["version"]

    answer = caller.post(f"{asked}/conduct", {}, version=version)

    assert (answer.status_code, answer.json()["code"]) == (409, AlreadyReferred.code)
    assert caller.get(asked).json()["version"] == version


def test_a_case_that_was_linked_names_the_sealed_one_no_more(scene: Scene) -> None:
    """D13: what its history told while both stood open."""
    team = Team(scene.ref)
    stays, sealed = team.registered(), team.registered()
    desk = scene.at(team.desk)
    link = {"other": sealed.id, "kind": "related", "note": "同一窗口"}
    linked = desk.post(f"cases/{stays.id}/link", link, version=stays.version)
    beside = desk.get(f"cases/{sealed.id}").json()
    before = desk.get(f"cases/{stays.id}").content.decode()

    desk.post(f"cases/{sealed.id}/conduct", {}, version=beside["version"])

    after = desk.get(f"cases/{stays.id}").content.decode()
    assert linked.status_code == 200
    assert sealed.number in before
    assert [word for word in (sealed.number, str(sealed.id), "同一窗口") if word in after] == []
