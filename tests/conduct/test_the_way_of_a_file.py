"""From the quiet form to the archive (C-13, C-58, C-59; GB/T 36113-2018)."""

from typing import Any

import pytest

from apps.cases.services.sealing import Accusation
from apps.conduct.errors import NotNow
from apps.conduct.models import ConductFile
from apps.conduct.rules import MOVES, Result, State, Step, after, steps_from
from bancheng.kernel.hall import hall
from bancheng.services.audit import chain as audit
from tests.conduct.scene import Scene
from tests.support.clients import Caller

pytestmark = pytest.mark.django_db


def step(caller: Caller, file: Any, name: str, **body: Any) -> Any:
    """Take a step with the version of the last answer."""
    answer = caller.post(f"conduct/{file['id']}/{name}", body, version=file["version"])
    assert answer.status_code == 200, answer.content
    return answer.json()


def from_verification_to_the_archive(supervisor: Caller, file: Any, scene: Scene) -> Any:
    """Every step that follows the receipt of a file that proves true."""
    file = step(supervisor, file, "verify", note="")
    file = step(supervisor, file, "notes", kind="interview", text="问了当日值班的人。")
    file = step(supervisor, file, "finding", result="substantiated", text="情况属实。")
    assert file["deadline"]["done_at"] is not None
    file = step(supervisor, file, "measures", kind="talk", text="约谈。", post=scene.meant.post_id)
    file = step(
        supervisor,
        file,
        "hand-over",
        body="区纪委监委",
        what="涉嫌与中介勾连的线索",
        handed_on="2026-11-20",
        receipt="线索2026-17",
    )
    file = step(
        supervisor, file, "release", text="个别窗口让人找中介，请自查。", units=[scene.unit]
    )
    file = step(supervisor, file, "feedback", method="sms", text="已查实并处理。")
    file = step(supervisor, file, "archive", note="")
    return file


def test_a_complaint_goes_from_the_quiet_form_to_the_archive(scene: Scene) -> None:
    """C-13: separate restricted file, verification, finding, result, hand-over, archive."""
    made = scene.at(scene.clerk).post(
        "conduct", scene.new(accused_posts=[scene.meant.post_id], tags=["broker"])
    )
    supervisor = scene.at(scene.supervisor)
    row = supervisor.get("conduct").json()["results"][0]
    file = supervisor.get(f"conduct/{row['id']}").json()

    assert made.status_code == 201
    assert set(made.json()) == {"number", "tracking_code"}
    assert (row["number"], row["state"], row["tags"]) == (
        made.json()["number"],
        "received",
        ["broker"],
    )
    assert file["deadline"]["card"] == "green"
    assert file["person"] == {"kind": "person", "relation": "self", "fields": ["name", "phone"]}

    file = from_verification_to_the_archive(supervisor, file, scene)

    assert (file["state"], file["allowed_steps"]) == ("archived", [])
    assert [line["kind"] for line in file["timeline"]][:3] == [
        "conduct.opened",
        "conduct.verify",
        "conduct.notes",
    ]
    assert scene.at(scene.meant).get("conduct/releases").json()["results"][0]["text"] == (
        "个别窗口让人找中介，请自查。"
    )
    told = scene.at(scene.meant).get("notices").json()["results"]
    assert [(one["kind"], one["subject_id"], one["number"]) for one in told] == [
        ("releases.given", None, "")
    ]
    with hall(scene.ref):
        assert audit.verify(sealed=True).broken_at is None


def test_what_was_substantiated_is_answered_only_after_a_measure(scene: Scene) -> None:
    """C-59: nobody is told that it was true while nothing follows."""
    supervisor = scene.at(scene.supervisor)
    file = supervisor.get(f"conduct/{scene.file().id}").json()
    file = step(supervisor, file, "verify", note="")
    file = step(supervisor, file, "finding", result="partly", text="部分属实。")

    answer = supervisor.post(
        f"conduct/{file['id']}/feedback", {"method": "sms", "text": "x"}, version=file["version"]
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "conduct.not_now")
    assert "feedback" not in file["allowed_steps"]
    with hall(scene.ref):
        assert ConductFile.objects.get(id=file["id"]).version == file["version"]


def test_the_observer_reads_and_does_nothing(scene: Scene) -> None:
    """C-58: read-only, and every look is written down."""
    file = scene.file()
    observer = scene.at(scene.observer)

    seen = observer.get(f"conduct/{file.id}")
    tried = observer.post(f"conduct/{file.id}/verify", {"note": ""}, version=file.version)

    assert (seen.status_code, seen.json()["allowed_steps"]) == (200, ["recusals"])
    assert tried.status_code == 403
    with hall(scene.ref):
        acts = [(act.action, act.post) for act in audit.sealed_acts(file.id)]
        assert ConductFile.objects.get(id=file.id).version == file.version
    assert ("conduct.seen", scene.observer.post_id) in acts


def test_acts_on_a_file_are_read_by_its_supervising_level_alone(scene: Scene) -> None:
    """security.md “Retaliation” 5."""
    file = scene.file()

    assert scene.at(scene.supervisor).get(f"conduct/{file.id}/audit").status_code == 200
    assert scene.at(scene.observer).get(f"conduct/{file.id}/audit").status_code == 403
    assert scene.at(scene.meant).get(f"conduct/{file.id}/audit").status_code == 404


def test_the_business_goes_on_as_a_case_that_knows_nothing(scene: Scene) -> None:
    """C-13: the stuck matter is handled by somebody else, linked from inside the file only."""
    file = scene.file()
    supervisor = scene.at(scene.supervisor)
    words = {"title": "补领结婚证", "detail": "姓名有误。", "want": "更正。"}

    made = supervisor.post(f"conduct/{file.id}/matter", words, version=file.version)
    again = supervisor.post(f"conduct/{file.id}/matter", words, version=file.version + 1)

    case = scene.at(scene.clerk).get(f"cases/{made.json()['id']}").json()
    assert made.status_code == 201
    assert (again.status_code, again.json()["code"]) == (409, "conduct.not_now")
    assert (case["title"], case["applicant"]["name"], case["confidential"]) == (
        "补领结婚证",
        "顾**",
        True,
    )
    assert str(file.id) not in str(case)
    assert file.number not in str(case)
    assert supervisor.get(f"conduct/{file.id}").json()["matter"] == case["id"]


def test_a_step_on_an_old_version_changes_nothing(scene: Scene) -> None:
    file = scene.file()

    answer = scene.at(scene.supervisor).post(
        f"conduct/{file.id}/verify", {"note": ""}, version=file.version + 1
    )

    assert (answer.status_code, answer.json()["code"]) == (412, "stale_version")
    with hall(scene.ref):
        assert ConductFile.objects.get(id=file.id).state == State.RECEIVED


def test_an_unknown_post_cannot_be_accused(scene: Scene) -> None:
    answer = scene.at(scene.clerk).post("conduct", scene.new(accused_posts=[scene.ref.id]))

    assert (answer.status_code, answer.json()["params"]["errors"]) == (
        422,
        {"accused": ["unknown"]},
    )
    with hall(scene.ref):
        assert ConductFile.objects.count() == 0


def test_every_state_and_step_is_decided() -> None:
    """GB/T 36113-2018: received, investigated, disposed of, answered, archived; nothing after."""
    assert not [pair for pair in MOVES if pair[0] in (State.ARCHIVED, State.SENT_UP)]
    assert steps_from(State.RECEIVED, "")[0] is Step.VERIFY
    assert Step.FEED_BACK in steps_from(State.FOUND, Result.UNSUBSTANTIATED)
    assert Step.FEED_BACK not in steps_from(State.FOUND, Result.SUBSTANTIATED)
    with pytest.raises(NotNow):
        after(State.RECEIVED, Step.ARCHIVE)


def test_a_correction_of_the_accused_takes_sight_at_once(scene: Scene) -> None:
    """domain.md §4.1: not visible to the person complained about, whatever their role."""
    file = scene.file(Accusation(others="窗口的人"))
    body = {"accused_posts": [scene.second.post_id], "note": "查明是本人。"}
    supervisor, second = scene.at(scene.supervisor), scene.at(scene.second)
    before = second.get(f"conduct/{file.id}").status_code

    changed = supervisor.post(f"conduct/{file.id}/accused", body, version=file.version)

    assert (before, changed.status_code) == (200, 200)
    assert second.get(f"conduct/{file.id}").status_code == 404
    assert second.get("conduct").json()["results"] == []
