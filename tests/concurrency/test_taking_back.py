"""A step is taken back while somebody goes on: one of the two, never half of both (frontend.md §4);
and the writers of pauses and of sealed files, two at once."""

from collections.abc import Callable

import pytest

from apps.cases.errors import StepNotAllowed
from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.services import handling, pausing, undoing
from apps.cases.services.pausing import NewPause
from apps.cases.services.sealing import Accusation, NewFile, Person
from apps.cases.timekeeping.errors import AlreadyPaused
from apps.conduct.models import ConductFile
from apps.conduct.services import opening, verifying
from apps.drafts.errors import DraftChanged
from apps.drafts.models import Draft, LastStep
from apps.drafts.services import keeping
from apps.drafts.services.keeping import Form
from bancheng.kernel.actor import Role
from bancheng.kernel.errors import NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.concurrency.test_cases import at_once
from tests.support.cases import Team
from tests.support.people import staff_in

pytestmark = pytest.mark.usefixtures("committed")
_WHO = Person(kind="person", relation="self", name="顾念真", phone="19911112222")


def test_either_it_is_signed_or_it_is_taken_back(street: HallRef) -> None:
    """Whoever comes second hears that the case has changed, or that it is not theirs any more."""
    team = Team(street)
    for _ in range(5):
        case = team.dispatched()

        def sign(case: Case = case) -> str:
            done = handling.sign(case_id=case.id, version=case.version, by=team.handler)
            return done.state

        def back(case: Case = case) -> str:
            return undoing.undo(case_id=case.id, version=case.version, by=team.desk).state

        found = at_once(street, [sign, back])

        assert found in (["signed", Stale], [NotFound, "triaged"])
        with hall(street):
            kept = Case.objects.get(id=case.id)
            assert kept.state == next(one for one in found if isinstance(one, str))
            running = Deadline.objects.filter(case=kept, ended="")
            stages = set(running.values_list("stage", flat=True))
            assert stages == ({"contact", "resolve"} if kept.state == "signed" else {"dispatch"})
            assert kept.version == case.version + 1
    with hall(street):
        assert chain.verify().broken_at is None


def test_pressed_twice_it_is_taken_back_once(street: HallRef) -> None:
    team = Team(street)
    case = team.dispatched()

    def back() -> str:
        return undoing.undo(case_id=case.id, version=case.version, by=team.desk).state

    found = at_once(street, [back] * 4)

    assert sorted(map(str, found)) == sorted(map(str, ["triaged", *[Stale] * 3]))
    with hall(street):
        assert CaseEvent.objects.filter(case=case, kind="undo").count() == 1
        assert not LastStep.objects.exists()


def test_two_machines_that_begin_the_same_draft_lose_none(street: HallRef) -> None:
    """One is kept, the other is told and keeps its text on its page."""
    clerk = Team(street).clerk

    def save(text: str) -> Callable[[], object]:
        return lambda: keeping.save(Form("register"), {"x": text}, version=0, by=clerk).version

    found = at_once(street, [save("甲"), save("乙"), save("丙")])

    assert sorted(map(str, found)) == sorted(map(str, [1, DraftChanged, DraftChanged]))
    with hall(street):
        assert Draft.objects.count() == 1


def test_a_case_is_paused_once_and_runs_on_once(street: HallRef) -> None:
    """C-62: two at the desk press at the same moment."""
    team = Team(street)
    case = team.triaged()
    given = NewPause("applicant_material", "电话告知")

    def pause() -> object:
        done = pausing.pause(case_id=case.id, version=case.version, given=given, by=team.desk)
        return done.version

    paused = at_once(street, [pause] * 4)
    assert sorted(map(str, paused)) == sorted(map(str, [case.version + 1, *[Stale] * 3]))

    def resume() -> object:
        version = case.version + 1
        return pausing.resume(case_id=case.id, version=version, note="", by=team.desk).version

    resumed = at_once(street, [resume, resume, pausing.resume_due])
    assert resumed[2] == 0
    assert sorted(map(str, resumed[:2])) == sorted(map(str, [case.version + 2, Stale]))
    with hall(street):
        kept = Case.objects.get(id=case.id)
        assert len(kept.pauses) == 1
        assert kept.resume_at is None
        assert not Deadline.objects.filter(case=case, ended="paused").exists()
        assert {AlreadyPaused, StepNotAllowed}.isdisjoint(resumed)
        assert chain.verify().broken_at is None


def test_two_who_write_into_one_sealed_file_write_one_after_the_other(street: HallRef) -> None:
    """C-13: the second is told that the file has changed; its log has no hole."""
    team, supervisor = Team(street), staff_in(street, Role.SUPERVISOR)
    observer = staff_in(street, Role.SUPERVISOR)
    with hall(street):
        given = NewFile("x", "x", "x", _WHO, Accusation(others="外单位的人"))
        case = opening.register(given, by=team.clerk)
        file = ConductFile.objects.get(case_id=case.id)
        verifying.verify(file_id=file.id, version=1, note="", by=supervisor)
        before = Case.every.get(id=case.id).last_seq

    def write(text: str, by: object) -> Callable[[], object]:
        def act() -> object:
            done = verifying.note(file_id=file.id, version=2, kind="asked", text=text, by=by)  # type: ignore[arg-type]
            return done.version

        return act

    found = at_once(street, [write("问了甲", supervisor), write("看了乙", observer)])

    assert sorted(map(str, found)) == sorted(map(str, [3, Stale]))
    with hall(street):
        events = CaseEvent.every.filter(case_id=case.id).order_by("seq")
        assert list(events.values_list("seq", flat=True)) == list(range(1, before + 2))
        assert chain.verify(sealed=True).broken_at is None
