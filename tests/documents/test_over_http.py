"""Papers over HTTP: the PDF's headers, lists with what can be issued, refusals, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.documents.models import Paper
from apps.documents.rules import Paper as Code
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.documents import reading
from tests.documents.scene import Scene
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in
from tests.support.work import bodies

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(district: HallRef) -> Scene:
    return Scene(district)


def test_a_paper_opens_in_the_browser_and_stays_in_no_cache(scene: Scene) -> None:
    desk = caller_for(scene.ref, scene.team.desk)
    made = desk.post("papers", {"kind": "registration", "subject": scene.case.id})

    answer = desk.get(f"papers/{made.json()['id']}/pdf")

    assert made.status_code == 201
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''")
    assert "林晓雨" in reading.words(answer.content)


def test_the_answer_about_a_paper_holds_nobodys_name(scene: Scene) -> None:
    desk = caller_for(scene.ref, scene.team.desk)
    made = desk.post("papers", {"kind": "registration", "subject": scene.case.id})

    shown = desk.get(f"papers/{made.json()['id']}")

    assert "林晓雨" not in shown.content.decode()
    assert shown.json()["personal"] is True
    assert shown.json()["may"] == ["print", "void"]


def test_what_can_be_issued_follows_what_has_happened(scene: Scene) -> None:
    scene.urged()
    scene.promised()
    desk = caller_for(scene.ref, scene.team.desk)

    offers = desk.get(f"papers?case={scene.case.id}").json()["offers"]

    assert [offer["kind"] for offer in offers] == [
        "registration",
        "dispatch",
        "urge",
        "deferred_promise",
        "deferred_notice",
    ]


def test_the_same_key_issues_one_paper(scene: Scene) -> None:
    """Whoever presses twice does not use up two numbers."""
    desk = caller_for(scene.ref, scene.team.desk)
    body = {"kind": "registration", "subject": str(scene.case.id)}

    first = desk.post("papers", body, key="k" * 32)
    again = desk.post("papers", body, key="k" * 32)

    assert first.json()["number"] == again.json()["number"]
    with hall(scene.ref):
        assert Paper.objects.count() == 1


def test_what_has_not_happened_is_refused_with_what_is_missing(scene: Scene) -> None:
    desk = caller_for(scene.ref, scene.team.desk)

    answer = desk.post("papers", {"kind": "explanation", "subject": scene.case.id})

    assert (answer.status_code, answer.json()["code"]) == (409, "documents.nothing_to_print")
    assert answer.json()["params"] == {"missing": "refusal_approval"}


def test_a_list_names_one_thing(scene: Scene) -> None:
    desk = caller_for(scene.ref, scene.team.desk)

    assert desk.get("papers").status_code == 422
    assert desk.get("papers?case=x").status_code == 422


def test_minutes_are_unknown_to_a_unit_that_does_not_see_every_case_in_them(scene: Scene) -> None:
    """C-14: a case that somebody may not see stands on no agenda for them."""
    paper = scene.issue(Code.MINUTES, scene.met(), scene.team.lead)
    other = department_in(scene.ref, "公安科")
    stranger = caller_for(scene.ref, staff_in(scene.ref, Role.DEPT_LEAD, department=other))
    handler = caller_for(scene.ref, scene.team.handler)

    assert handler.get(f"papers/{paper.id}/pdf").status_code == 200
    assert stranger.get(f"papers/{paper.id}/pdf").status_code == 404


def test_the_ordered_unit_prints_its_letter_without_seeing_the_case(scene: Scene) -> None:
    paper = scene.issue(Code.SUPERVISION, scene.ordered(), scene.manager)
    unit = caller_for(scene.ref, scene.team.head)

    listed = unit.get(f"papers?order={paper.subject_id}").json()["results"]

    assert [one["id"] for one in listed] == [str(paper.id)]
    assert unit.get(f"papers/{paper.id}/pdf").status_code == 200


def test_a_list_of_papers_costs_the_same_however_many_there_are(scene: Scene) -> None:
    desk = caller_for(scene.ref, scene.team.desk)
    scene.issue(Code.REGISTRATION, scene.case.id)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"papers?case={scene.case.id}")
        counts.append(len(asked))
        for _ in range(3):
            scene.issue(Code.DISPATCH, scene.case.id)

    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_issuing_a_slip_costs_a_bounded_number_of_queries(scene: Scene) -> None:
    desk, body = caller_for(scene.ref, scene.team.desk), {"kind": "registration"}
    body["subject"] = str(scene.case.id)
    desk.post("papers", body)
    with CaptureQueriesContext(connection) as asked:
        desk.post("papers", body)

    assert len(asked) <= 24


def test_no_kept_answer_shows_a_paper_or_work_of_a_case_that_was_sealed(scene: Scene) -> None:
    """C-13, D13: sent again under their keys, both find nothing any more."""
    desk, case = caller_for(scene.ref, scene.team.desk), scene.case
    work = bodies(scene.team.unit, scene.team.unit)["deferred"]
    paper = {"kind": "registration", "subject": case.id}

    def sent() -> list[int]:
        begun = desk.post(f"cases/{case.id}/work/deferred", work, key="work")
        return [begun.status_code, desk.post("papers", paper, key="paper").status_code]

    first, again = sent(), sent()
    sealed = desk.post(f"cases/{case.id}/conduct", {}, version=scene.now().version)

    assert (first, again, sealed.status_code) == ([201, 201], [201, 201], 204)
    assert sent() == [404, 404]
