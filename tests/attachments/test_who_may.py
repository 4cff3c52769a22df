"""Who sees, adds and takes back a file: who sees its subject, and never more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from apps.attachments import queries, storage
from apps.attachments.errors import NotAvailable, TooLate
from apps.attachments.models import Attachment
from apps.attachments.services import reading, withdrawing
from apps.cases.models import Case, CaseEvent
from apps.cases.services.sealing import Accusation
from apps.conduct.models import ConductFile
from apps.conduct.services import opening
from apps.work.models import WorkItem
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry, SealedEntry
from tests.conduct.scene import Scene
from tests.support.cases import APPLICANT, Team
from tests.support.files import TEXT, attached
from tests.support.people import department_in, staff_in
from tests.support.work import begin, bodies

pytestmark = pytest.mark.django_db


def test_a_department_that_is_not_concerned_sees_nothing(street: HallRef) -> None:
    """domain.md §4.1: a department's people know the cases of their unit only."""
    team = Team(street)
    case = team.dispatched()
    other = staff_in(street, Role.DEPT_HANDLER, department=department_in(street, "税务科"))
    with hall(street):
        row = attached("case", case.id, "x.txt", TEXT, by=team.desk)

        with pytest.raises(NotFound):
            queries.shelf("case", case.id, other)
        with pytest.raises(NotFound):
            reading.read(file_id=row.id, by=other)
        with pytest.raises(NotFound):
            attached("case", case.id, "y.txt", TEXT, by=other)
        assert Attachment.objects.count() == 1


def test_who_only_watches_reads_and_adds_nothing(street: HallRef) -> None:
    team = Team(street)
    case = team.dispatched()
    observer = staff_in(street, Role.DISCIPLINE_OBSERVER)
    with hall(street):
        row = attached("case", case.id, "x.txt", TEXT, by=team.desk)

        assert not queries.shelf("case", case.id, observer).may_add
        assert b"".join(reading.read(file_id=row.id, by=observer).pieces) == TEXT
        with pytest.raises(Forbidden):
            attached("case", case.id, "y.txt", TEXT, by=observer)
        with pytest.raises(Forbidden):
            withdrawing.withdraw(file_id=row.id, reason="x", by=observer)
        row.refresh_from_db()
        assert row.state == "unscanned"


def test_the_papers_of_a_confidential_person_stay_at_the_desk(street: HallRef) -> None:
    """domain.md §4.1: a confidential applicant stays unknown to departments."""
    team = Team(street)
    case = team.dispatched(confidential=True, applicant=APPLICANT)
    with hall(street):
        papers = attached("case", case.id, "身份证.txt", TEXT, by=team.desk, personal=True)
        attached("case", case.id, "说明.txt", TEXT, by=team.desk)

        seen = queries.shelf("case", case.id, team.handler).results
        assert [one.name for one in seen] == ["说明.txt"]
        assert len(queries.shelf("case", case.id, team.desk).results) == 2
        with pytest.raises(NotFound):
            reading.read(file_id=papers.id, by=team.handler)


def test_nor_do_they_lie_open_under_a_request_to_a_department(street: HallRef) -> None:
    """domain.md §4.1: what shows a confidential person is not on the request's shelf either."""
    team = Team(street)
    case = team.dispatched(confidential=True, applicant=APPLICANT)
    archive = department_in(street, "档案科")
    asked = staff_in(street, Role.DEPT_HANDLER, department=archive)
    begin(street, case, "evidence", bodies(archive, archive)["evidence"], team.lead)
    with hall(street):
        item = WorkItem.objects.get()
        papers = attached("work", item.id, "身份证.txt", TEXT, by=team.desk, personal=True)
        attached("work", item.id, "清单.txt", TEXT, by=team.desk)

        assert [one.name for one in queries.shelf("work", item.id, asked).results] == ["清单.txt"]
        assert len(queries.shelf("work", item.id, team.desk).results) == 2
        with pytest.raises(NotFound):
            reading.read(file_id=papers.id, by=asked)


def test_what_was_provided_lies_with_its_request_and_shows_under_the_case(street: HallRef) -> None:
    """C-05: the unit that was asked for a record adds it to the request; the desk finds it."""
    team = Team(street)
    case = team.dispatched()
    archive = department_in(street, "档案科")
    asked = staff_in(street, Role.DEPT_HANDLER, department=archive)
    begin(street, case, "evidence", bodies(archive, archive)["evidence"], team.lead)
    with hall(street):
        item = WorkItem.objects.get()
        attached("work", item.id, "登记表.txt", TEXT, by=asked)

        assert [one.subject for one in queries.shelf("case", case.id, team.desk).results] == [
            "work"
        ]
        assert len(queries.shelf("work", item.id, asked).results) == 1
        with pytest.raises(NotFound):
            queries.shelf("case", case.id, asked)
        line = CaseEvent.objects.filter(case=case).latest("seq")
    assert (line.kind, line.data["under"]) == ("attachment.added", "work")


def test_who_added_it_takes_it_back_within_a_day(street: HallRef) -> None:
    """The line and the reason stay; the bytes and the key do not. After that a manager does."""
    team = Team(street)
    case = team.dispatched()
    with hall(street):
        first, second = (attached("case", case.id, f"{n}.txt", TEXT, by=team.handler) for n in "12")
        withdrawing.withdraw(file_id=first.id, reason="传错了人", by=team.handler)
        with clock.frozen(clock.now() + timedelta(hours=25)):
            with pytest.raises(TooLate):
                withdrawing.withdraw(file_id=second.id, reason="x", by=team.handler)
            with pytest.raises(Forbidden):
                withdrawing.withdraw(file_id=second.id, reason="x", by=team.clerk)
            withdrawing.withdraw(file_id=second.id, reason="无关", by=team.lead)

        with pytest.raises(NotAvailable):
            withdrawing.withdraw(file_id=first.id, reason="x", by=team.lead)
        with pytest.raises(NotAvailable):
            reading.read(file_id=first.id, by=team.desk)
        rows = queries.shelf("case", case.id, team.desk).results
        keys = list(Attachment.objects.values_list("key", flat=True))
    assert [(one.state, one.reason, one.withdrawn_by) for one in rows] == [
        ("withdrawn", "传错了人", team.handler.name),
        ("withdrawn", "无关", team.lead.name),
    ]
    assert keys == [None, None]


def test_the_bytes_go_with_the_commit(
    street: HallRef, django_capture_on_commit_callbacks: object
) -> None:
    team = Team(street)
    case = team.dispatched()
    with hall(street):
        row = attached("case", case.id, "x.txt", TEXT, by=team.handler)
        path = storage.path_of(row.id)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            withdrawing.withdraw(file_id=row.id, reason="x", by=team.handler)
            before = path.exists()

    assert (before, path.exists()) == (True, False)


def test_the_files_of_a_case_go_with_it_when_it_is_sealed(street: HallRef) -> None:
    """C-13, D13: for its circle alone, under the file's own key, on the sealed files' own chain."""
    team = Team(street)
    case = team.dispatched()
    supervisor = staff_in(street, Role.SUPERVISOR)
    with hall(street):
        row = attached("case", case.id, "录音文字.txt", TEXT, by=team.desk)
        case = Case.objects.get(id=case.id)
        meant = Accusation(units=(team.unit,), facts=("F1",))
        opening.seal(case_id=case.id, version=case.version, accusation=meant, note="", by=team.lead)
        file = ConductFile.objects.get(case_id=case.id)
        open_acts = AuditEntry.objects.count()

        for actor in (team.desk, team.handler, team.lead):
            with pytest.raises(NotFound):
                reading.read(file_id=row.id, by=actor)
        with pytest.raises(NotFound):
            queries.shelf("case", case.id, team.desk)
        shelf = queries.shelf("conduct", file.id, supervisor)
        assert [one.name for one in shelf.results] == ["录音文字.txt"]
        assert b"".join(reading.read(file_id=row.id, by=supervisor).pieces) == TEXT
        added = attached("conduct", file.id, "谈话记录.txt", TEXT, by=supervisor)
        withdrawing.withdraw(file_id=added.id, reason="x", by=supervisor)

        assert AuditEntry.objects.count() == open_acts
        acts = list(SealedEntry.objects.values_list("body__action", flat=True))
    for verb in ("read", "added", "withdrawn"):
        assert f"attachments.{verb}" in acts


def test_a_shelf_of_a_sealed_file_costs_the_same_for_one_file_and_for_many(
    district: HallRef,
) -> None:
    """Its key is opened once; who decides takes back what others added, who watches nothing."""
    scene = Scene(district)
    file = scene.file()
    costs = []
    with hall(district):
        for more in (1, 3):
            for number in range(more):
                attached("conduct", file.id, f"{number}.txt", TEXT, by=scene.second)
            with CaptureQueriesContext(connection) as found:
                shelf = queries.shelf("conduct", file.id, scene.supervisor)
            costs.append(len(found))
        watched = queries.shelf("conduct", file.id, scene.observer)

    assert (len(shelf.results), costs[0]) == (4, costs[1])
    assert all(one.withdrawable for one in shelf.results)
    assert not any(one.withdrawable for one in watched.results)


@override_settings(SCANNER="tests.attachments.test_who_may.Everything")
def test_a_scanner_of_the_house_is_asked_too(street: HallRef) -> None:
    from apps.attachments.services import examining

    team = Team(street)
    case = team.dispatched()
    with hall(street):
        row = attached("case", case.id, "x.txt", TEXT, by=team.desk)
        examining.examine_waiting()
        row.refresh_from_db()
    assert (row.state, row.finding) == ("infected", "everything is")


class Everything:
    """A scanner that finds everything infected."""

    def examine(self, pieces: object) -> object:
        from apps.attachments.scanning import Verdict

        return Verdict(clean=False, finding="everything is")
