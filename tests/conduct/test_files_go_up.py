"""What lies under a sealed file goes up with it, sealed all the way (C-13, C-57)."""

from typing import Any
from uuid import UUID

import pytest

from apps.attachments import limits, queries, storage
from apps.attachments.models import Attachment
from apps.attachments.services import fetching, sweeping
from apps.attachments.subjects import keeper_of
from apps.cases.models import Case
from apps.cases.services.sealing import Accusation
from apps.conduct.models import ConductFile
from apps.conduct.services import opening
from apps.work.models import WorkItem
from bancheng.city.exchange.models import SealedLetter
from bancheng.kernel.actor import Role
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry, SealedEntry
from tests.attachments.test_what_is_taken_in import on_disk
from tests.conduct.scene import Scene
from tests.support.cases import Team
from tests.support.files import TEXT, attached
from tests.support.people import staff_in
from tests.support.referrals import hear
from tests.support.work import begin, bodies

pytestmark = pytest.mark.django_db
OTHERS = Accusation(others="外单位的人")
NAME = "谈话记录-顾念真.txt"


@pytest.fixture
def below(street: HallRef) -> Scene:
    return Scene(street)


@pytest.fixture
def above(district: HallRef) -> Scene:
    return Scene(district)


def with_paper(scene: Scene) -> tuple[ConductFile, UUID]:
    file = scene.file(OTHERS)
    with hall(scene.ref):
        row = attached("conduct", file.id, NAME, TEXT, by=scene.second)
        return ConductFile.objects.get(id=file.id), row.id


def send_up(scene: Scene, file: ConductFile) -> None:
    body = {"reason": "本厅不宜办"}
    sent = scene.at(scene.supervisor).post(f"conduct/{file.id}/send-up", body, version=file.version)
    assert sent.status_code == 204, sent.content


def shelf(scene: Scene) -> list[tuple[str, str]]:
    with hall(scene.ref):
        file = ConductFile.objects.exclude(state="sent_up").get()
        return [
            (one.name, one.state)
            for one in queries.shelf("conduct", file.id, scene.supervisor).results
        ]


def test_the_files_go_with_it(
    below: Scene, above: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    """C-13: the circle above reads them, below nobody can, and no copy stays there."""
    file, paper = with_paper(below)

    send_up(below, file)
    hear(below.ref, above.ref)
    assert shelf(above) == [(NAME, "coming")]
    with hall(above.ref), django_capture_on_commit_callbacks(execute=True):
        assert fetching.fetch_coming() == 1

    assert shelf(above) == [(NAME, "unscanned")]
    with hall(above.ref):
        [row] = Attachment.objects.all()
        assert b"".join(queries.bytes_of(row)) == TEXT
        arrived = {"body__action": "attachments.arrived"}
        assert SealedEntry.objects.filter(**arrived).count() == 1
        assert not AuditEntry.objects.filter(**arrived).exists()
    with hall(below.ref):
        left = Attachment.objects.get(id=paper)
        assert (left.state, left.key, bytes(left.name)) == ("sent_up", None, b"")
        assert not storage.path_of(paper).exists()
    watcher = below.at(below.observer)
    assert watcher.get(f"attachments/{paper}/content").status_code == 404
    assert watcher.get(f"conduct/{file.id}/attachments").status_code == 404


def test_on_its_way_nobody_reads_it_and_nothing_sweeps_it(below: Scene, above: Scene) -> None:
    """C-57: the letter is noise in the database; the bytes wait for the hall above."""
    file, paper = with_paper(below)
    with hall(below.ref):
        row = Attachment.objects.get(id=paper)
        key = keeper_of("conduct").cipher(file.id).open(bytes(row.key or b""), paper, "key")
    before = on_disk(below.ref)

    send_up(below, file)

    with hall(below.ref):
        assert SealedLetter.objects.count() == 0, "the sender does not read it back"
        sweeping.sweep()
    with hall(above.ref):
        body = bytes(SealedLetter.objects.get().body)
    assert key.encode() not in body
    assert "顾念真".encode() not in body
    assert on_disk(below.ref) == before


def test_killed_after_taking_it_is_cleared_by_the_next_sweep(below: Scene, above: Scene) -> None:
    """security.md §5.1: what was fetched but not taken away below goes at the next sweep."""
    file, paper = with_paper(below)
    send_up(below, file)
    hear(below.ref, above.ref)
    with hall(above.ref):
        fetching.fetch_coming()
    assert paper.hex in on_disk(below.ref)

    with hall(above.ref):
        assert sweeping.clear_taken() == 1

    assert paper.hex not in on_disk(below.ref)
    assert shelf(above) == [(NAME, "unscanned")]


def test_a_stricter_policy_above_loses_no_evidence(
    below: Scene, above: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C-13: there is no other copy, so that it is taken whatever may be added there."""
    file, _paper = with_paper(below)
    monkeypatch.setattr(limits, "kinds", lambda: ("pdf",))
    monkeypatch.setattr(limits, "most_files", lambda **_: 0)

    send_up(below, file)
    hear(below.ref, above.ref)
    with hall(above.ref):
        assert fetching.fetch_coming() == 1

    assert shelf(above) == [(NAME, "unscanned")]


@pytest.mark.parametrize("fetched", [True, False])
def test_it_goes_further_up(below: Scene, above: Scene, city: HallRef, fetched: bool) -> None:
    """C-13: from the district on to the city, whether its bytes had come by then or not."""
    highest = Scene(city)
    file, _paper = with_paper(below)
    send_up(below, file)
    hear(below.ref, above.ref)
    if fetched:
        with hall(above.ref):
            fetching.fetch_coming()

    with hall(above.ref):
        between = ConductFile.objects.get()
    send_up(above, between)
    hear(above.ref, city)

    with hall(city):
        assert fetching.fetch_coming() == 1
        [row] = Attachment.objects.all()
        assert b"".join(queries.bytes_of(row)) == TEXT
    assert shelf(highest) == [(NAME, "unscanned")]


def test_an_open_case_that_goes_up_at_once_takes_its_files(below: Scene, above: Scene) -> None:
    """C-13: nobody of the street may handle it; what lay under its work goes up with the case."""
    team = Team(below.ref)
    case = team.dispatched()
    begin(below.ref, case, "evidence", bodies(below.unit, below.unit)["evidence"], team.lead)
    asked = staff_in(below.ref, Role.DEPT_HANDLER, department=below.unit)
    with hall(below.ref):
        item = WorkItem.objects.get(case_id=case.id)
        attached("work", item.id, "登记表.txt", TEXT, by=asked)
        case = Case.objects.get(id=case.id)
        everybody = below.about(below.supervisor, below.second)
        opening.seal(
            case_id=case.id, version=case.version, accusation=everybody, note="", by=team.lead
        )
        assert ConductFile.objects.get().state == "sent_up"
        with pytest.raises(NotFound):
            queries.shelf("work", item.id, asked)
        row = Attachment.objects.get()
        assert (row.state, row.key, bytes(row.name)) == ("sent_up", None, b"")

    hear(below.ref, above.ref)
    with hall(above.ref):
        assert fetching.fetch_coming() == 1
    assert shelf(above) == [("登记表.txt", "unscanned")]


def test_sealed_here_the_files_of_its_work_come_along(below: Scene) -> None:
    """D13: what lay under the case and its work lies under the sealed file, for its circle."""
    team = Team(below.ref)
    case = team.dispatched()
    begin(below.ref, case, "evidence", bodies(below.unit, below.unit)["evidence"], team.lead)
    asked = staff_in(below.ref, Role.DEPT_HANDLER, department=below.unit)
    with hall(below.ref):
        item = WorkItem.objects.get(case_id=case.id)
        attached("work", item.id, "登记表.txt", TEXT, by=asked)
        case = Case.objects.get(id=case.id)
        opening.seal(
            case_id=case.id, version=case.version, accusation=OTHERS, note="", by=team.lead
        )
        file = ConductFile.objects.get()
        kept = queries.shelf("conduct", file.id, below.supervisor).results
        with pytest.raises(NotFound):
            queries.shelf("work", item.id, asked)
    assert [(one.subject, one.name) for one in kept] == [("conduct", "登记表.txt")]


def test_nothing_is_added_to_an_archived_file(below: Scene) -> None:
    """GB/T 36113-2018: after 资料归档 nothing follows."""
    file, _paper = with_paper(below)
    with hall(below.ref):
        ConductFile.objects.filter(id=file.id).update(state="archived")
        seen = queries.shelf("conduct", file.id, below.supervisor)
        with pytest.raises(Forbidden):
            attached("conduct", file.id, "迟到.txt", TEXT, by=below.second)
        assert Attachment.objects.count() == 1
    assert (seen.may_add, [one.name for one in seen.results]) == (False, [NAME])
