"""Who complained: a table and a key of its own, a reason and a second person (C-57, D13)."""

from datetime import timedelta

import pytest

from apps.cases.models import Applicant
from apps.conduct.models import ConductFile, ConductIdentity, Reveal
from apps.conduct.services import identity
from bancheng.kernel import clock, keyring
from bancheng.kernel.crypto import CannotOpen
from bancheng.kernel.hall import hall
from tests.conduct.scene import WHO, Scene
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
WHY = {"field": "phone", "reason": "contact_applicant", "note": ""}


def asked(scene: Scene, file: ConductFile) -> str:
    answer = scene.at(scene.supervisor).post(f"conduct/{file.id}/reveals", WHY)
    assert answer.status_code == 201
    return str(answer.json()["id"])


def test_one_asks_another_agrees_and_the_value_is_shown_once(scene: Scene) -> None:
    file = scene.file()
    reveal = asked(scene, file)
    one, other = scene.at(scene.supervisor), scene.at(scene.second)

    early = one.post(f"conduct/reveals/{reveal}/show")
    own = one.post(f"conduct/reveals/{reveal}/decision", {"decision": "approve"})
    agreed = other.post(f"conduct/reveals/{reveal}/decision", {"decision": "approve"})
    by_other = other.post(f"conduct/reveals/{reveal}/show")
    shown = one.post(f"conduct/reveals/{reveal}/show", key=None)
    again = one.post(f"conduct/reveals/{reveal}/show", key=None)

    assert (early.status_code, early.json()["code"]) == (409, "conduct.reveal_over")
    assert (own.status_code, own.json()["code"]) == (403, "conduct.not_yours")
    assert agreed.status_code == 200
    assert (by_other.status_code, by_other.json()["code"]) == (403, "conduct.not_yours")
    assert (shown.status_code, shown.json()) == (200, {"value": WHO.phone})
    assert shown["Cache-Control"] == "no-store"
    assert (again.status_code, again.json()["code"]) == (409, "conduct.reveal_over")


def test_an_approved_look_ends_after_half_an_hour(scene: Scene) -> None:
    file = scene.file()
    reveal = Reveal(id=asked(scene, file))
    with hall(scene.ref):
        identity.decide(reveal_id=reveal.id, approve=True, by=scene.second)
    late = clock.now() + timedelta(minutes=31)

    with clock.frozen(late):
        answer = scene.at(scene.supervisor).post(f"conduct/reveals/{reveal.id}/show", key=None)

    assert answer.json()["code"] == "conduct.reveal_over"


@pytest.mark.parametrize("who", ["meant", "clerk"])
def test_outside_of_the_circle_a_request_does_not_exist(who: str, scene: Scene) -> None:
    file = scene.file()
    reveal = asked(scene, file)
    caller = scene.at(getattr(scene, who))

    tried = caller.post(f"conduct/reveals/{reveal}/decision", {"decision": "approve"})

    assert (tried.status_code, tried.json()["code"]) == (404, "not_found")
    with hall(scene.ref):
        assert Reveal.objects.get(id=reveal).decided_at is None


def test_the_observer_is_no_second_person(scene: Scene) -> None:
    """C-58: read-only."""
    reveal = asked(scene, scene.file())

    tried = scene.at(scene.observer).post(
        f"conduct/reveals/{reveal}/decision", {"decision": "approve"}
    )

    assert tried.status_code == 403


def test_a_field_that_was_not_given_cannot_be_asked_for(scene: Scene) -> None:
    file = scene.file()

    answer = scene.at(scene.supervisor).post(
        f"conduct/{file.id}/reveals", WHY | {"field": "enterprise_name"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "conduct.nothing_kept")


def test_no_key_of_the_hall_but_the_files_own_opens_it(scene: Scene) -> None:
    """security.md §4.2: another file's key and the hall's data key open nothing."""
    mine, other = scene.file(), scene.file()

    with hall(scene.ref):
        kept = ConductIdentity.objects.get(file=mine)
        foreign = ConductIdentity.objects.get(file=other)
        sealed, keys = bytes(kept.phone or b""), keyring.keys()
        assert WHO.phone.encode() not in sealed
        with pytest.raises(CannotOpen):
            keys.open(sealed, table="conduct_conductidentity", column="phone", row=mine.id)
        with pytest.raises(CannotOpen):
            keys.file_key(bytes(foreign.wrapped_key), other.id).open(sealed, "phone")
        with pytest.raises(CannotOpen):
            keys.file_key(bytes(foreign.wrapped_key), mine.id)
        key = keys.file_key(bytes(kept.wrapped_key), mine.id)
        assert key.open(sealed, "phone") == WHO.phone


def test_sealing_takes_the_person_out_of_the_table_of_applicants(scene: Scene) -> None:
    """D13: values, hashes and masks are gone from where everybody's are."""
    team = Team(scene.ref)
    case = team.registered()

    answer = scene.at(team.desk).post(f"cases/{case.id}/conduct", {}, version=case.version)

    assert (answer.status_code, answer.content) == (204, b"")
    with hall(scene.ref):
        left = Applicant.every.values().get(case_id=case.id)
        moved = ConductIdentity.objects.get()
    assert {value for value in left.values() if value} == {"（保密）", case.id}
    assert moved.phone is not None
    assert moved.id_number is not None


def test_the_citizens_page_goes_on_and_says_that_somebody_looked(scene: Scene) -> None:
    """C-57: visible in summary to the applicant; no unit and no name of a handler."""
    made = scene.at(scene.clerk).post("conduct", scene.new()).json()
    file = scene.file_of_number(made["number"])
    reveal = asked(scene, file)
    with hall(scene.ref):
        identity.decide(reveal_id=Reveal.objects.get(id=reveal).id, approve=True, by=scene.second)
    scene.at(scene.supervisor).post(f"conduct/reveals/{reveal}/show", key=None)

    page = (
        scene.at(scene.clerk)
        .post("portal/track", {"number": made["number"], "code": made["tracking_code"]})
        .json()
    )

    assert [step["key"] for step in page["steps"]] == [
        "registered",
        "in_progress",
        "delivered",
        "closed",
    ]
    assert page["promised_on"] is not None
    assert page["identity_seen"] == 1
