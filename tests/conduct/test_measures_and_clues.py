"""What follows for somebody and their say in it (C-59); one agent again and again (C-71)."""

from dataclasses import replace
from typing import Any

import pytest

from apps.cases.intake.details import Authority
from apps.cases.services.registration import Agent
from apps.conduct.models import Measure
from bancheng.kernel.hall import hall
from tests.conduct.scene import Scene
from tests.support.cases import APPLICANT, Team

pytestmark = pytest.mark.django_db


def measured(scene: Scene, **changes: Any) -> Any:
    """A file that was found and has one measure."""
    supervisor, file = scene.at(scene.supervisor), scene.file()
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("verify", {}),
        ("finding", {"result": "substantiated", "text": "x"}),
        ("measures", {"kind": "talk", "text": "约谈。", "post": scene.meant.post_id} | changes),
    )
    for version, (step, body) in enumerate(steps, start=1):
        answer = supervisor.post(f"conduct/{file.id}/{step}", body, version=version)
        assert answer.status_code == 200, answer.content
    return answer.json()["measures"][0]


def test_nobody_learns_of_a_measure_before_it_is_served(scene: Scene) -> None:
    measure = measured(scene)
    meant = scene.at(scene.meant)

    own = meant.get("conduct/measures").json()["results"]
    tried = meant.post(f"conduct/measures/{measure['id']}/appeal", {"text": "x"}, version=1)

    assert own == []
    assert tried.status_code == 404
    with hall(scene.ref):
        assert Measure.objects.get().appeal is None


def test_the_person_appeals_and_somebody_else_decides(scene: Scene) -> None:
    """C-59: decided by one, reviewed by another; the person reads both words."""
    measure = measured(scene, served=True)
    meant, path = scene.at(scene.meant), f"conduct/measures/{measure['id']}"
    told = meant.get("notices").json()["results"][0]["kind"]

    said = meant.post(f"{path}/appeal", {"text": "当日不在岗。"}, version=1)
    twice = meant.post(f"{path}/appeal", {"text": "再说一次"}, version=2)
    answer = {"decision": "lifted", "text": "属实，撤销。"}
    same = scene.at(scene.supervisor).post(f"{path}/appeal-decision", answer, version=2)
    other = scene.at(scene.second).post(f"{path}/appeal-decision", answer, version=2)

    own = meant.get("conduct/measures").json()["results"][0]
    assert told == "measures.served"
    assert (said.status_code, twice.status_code) == (204, 409)
    assert (same.status_code, same.json()["code"]) == (403, "conduct.not_yours")
    assert other.status_code == 200
    assert (own["appeal"]["text"], own["appeal_decision"]["decision"]) == ("当日不在岗。", "lifted")


def test_somebody_elses_measure_does_not_exist(scene: Scene) -> None:
    measure = measured(scene, served=True)

    tried = scene.at(scene.clerk).post(
        f"conduct/measures/{measure['id']}/appeal", {"text": "x"}, version=1
    )

    assert tried.status_code == 404
    assert scene.at(scene.clerk).get("conduct/measures").json()["results"] == []


def represented(team: Team, phone: str) -> None:
    agent = Agent("丁代办", phone, Authority("power_of_attorney", "", None))
    team.registered(applicant=replace(APPLICANT, relation="agent", agent=agent))


def test_an_agent_met_three_times_at_one_clerk_is_a_clue(scene: Scene) -> None:
    """C-71: found by keyed hashes; the agent shows as a mask."""
    team = Team(scene.ref)
    for phone in ("19933334444", "19933334444", "19955556666"):
        represented(team, phone)
    supervisor = scene.at(scene.supervisor)
    before = supervisor.get("conduct/clues").json()["results"]

    represented(team, "19933334444")

    (clue,) = supervisor.get("conduct/clues").json()["results"]
    assert before == []
    assert (clue["place"], clue["id"], len(clue["cases"])) == ("clerk", str(team.clerk.post_id), 3)
    assert "19933334444" not in str(clue)


def test_a_clue_is_for_supervisors_and_observers_and_not_about_oneself(scene: Scene) -> None:
    assert scene.at(scene.observer).get("conduct/clues").status_code == 200
    assert scene.at(scene.clerk).get("conduct/clues").status_code == 403
    assert scene.at(scene.meant).get("conduct/watch").status_code == 403


def test_an_observer_looks_at_refusals_and_bounces_first(scene: Scene) -> None:
    """C-58."""
    team = Team(scene.ref)
    refused = team.refused()

    found = scene.at(scene.observer).get("conduct/watch").json()

    assert [one["id"] for one in found["refusals"]] == [str(refused.id)]
    assert found["bounces"] == []
