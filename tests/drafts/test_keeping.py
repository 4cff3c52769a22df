"""Drafts on the server: nobody's text is lost, nobody else reads it (frontend.md §4)."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from apps.drafts import limits, queries
from apps.drafts.errors import DraftChanged, DraftTooLarge, TooManyDrafts
from apps.drafts.models import Draft
from apps.drafts.services import keeping
from apps.drafts.services.keeping import Form
from bancheng.kernel import keyring
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.crypto import CannotOpen
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZONE)
WALK_IN = Form("register")
TEXT = {"title": "两证姓名不一致", "name": "林晓雨", "phone": "19900001234"}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def kept(by: Actor, subject_id: UUID | None = None) -> list[object]:
    rows = queries.own(by, subject="", subject_id=subject_id, form="")
    return [queries.opened(row)["body"] for row in rows.order_by(*queries.ORDER)]


def test_what_was_typed_comes_back_to_the_same_post_alone(team: Team) -> None:
    with hall(team.ref):
        keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)

        assert kept(team.clerk) == [TEXT]
        assert (kept(team.desk), kept(team.lead)) == ([], [])


def test_another_hall_sees_nothing(team: Team, district: HallRef) -> None:
    with hall(team.ref):
        draft = keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)

    with hall(district), pytest.raises(NotFound):
        keeping.discard(draft_id=draft.id, by=people.staff_in(district, Role.WINDOW_CLERK))
    with hall(team.ref):
        assert kept(team.clerk) == [TEXT]


def test_in_the_database_nobody_reads_it(team: Team) -> None:
    """Texts hold personal data: sealed with the hall's key for this row alone."""
    with hall(team.ref):
        draft = keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        sealed = bytes(Draft.objects.get(id=draft.id).body)

        assert "林晓雨".encode() not in sealed
        with pytest.raises(CannotOpen):
            keyring.keys().open(sealed, table="drafts_draft", column="body", row=uuid4())
        assert not AuditEntry.objects.filter(body__subject_id=str(draft.id)).exists()


def test_each_saving_is_a_new_version_and_the_same_text_none(team: Team) -> None:
    with hall(team.ref):
        first = keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        again = keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        more = keeping.save(WALK_IN, TEXT | {"title": "姓名"}, version=1, by=team.clerk)

        assert [one.version for one in (first, again, more)] == [1, 1, 2]
        assert first.id == again.id == more.id


def test_two_machines_of_one_person_notice_each_other(team: Team) -> None:
    """Neither text is overwritten by the other."""
    with hall(team.ref):
        keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        keeping.save(WALK_IN, TEXT | {"title": "甲"}, version=1, by=team.clerk)

        with pytest.raises(DraftChanged) as refused:
            keeping.save(WALK_IN, TEXT | {"title": "乙"}, version=1, by=team.clerk)

        assert refused.value.params == {"version": 2}
        assert kept(team.clerk) == [TEXT | {"title": "甲"}]


def test_what_was_sent_elsewhere_is_not_begun_anew_unasked(team: Team) -> None:
    with hall(team.ref):
        draft = keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        keeping.sent(draft_id=draft.id, by=team.clerk)

        with pytest.raises(DraftChanged) as refused:
            keeping.save(WALK_IN, TEXT | {"title": "甲"}, version=1, by=team.clerk)

        assert (refused.value.params, kept(team.clerk)) == ({"version": 0}, [])


def test_forms_and_subjects_are_kept_apart(team: Team) -> None:
    case, other = team.triaged(), team.triaged()
    with hall(team.ref):
        for form in (
            Form("dispatch", "case", case.id),
            Form("close", "case", case.id),
            Form("dispatch", "case", other.id),
        ):
            keeping.save(form, {"note": form.form}, version=0, by=team.desk)

        assert len(kept(team.desk)) == 3
        assert kept(team.desk, other.id) == [{"note": "dispatch"}]


def test_about_a_case_one_does_not_see_nothing_is_kept(team: Team) -> None:
    """The same answer as for a case that does not exist."""
    case = team.triaged()
    for subject in (case.id, uuid4()):
        with hall(team.ref), pytest.raises(NotFound):
            keeping.save(Form("note", "case", subject), {"note": "x"}, version=0, by=team.handler)
    with hall(team.ref):
        assert not Draft.objects.exists()


def test_a_case_out_of_sight_takes_its_drafts_along(team: Team) -> None:
    case = team.dispatched()
    with hall(team.ref):
        keeping.save(Form("return", "case", case.id), {"note": "x"}, version=0, by=team.head)
        assert len(kept(team.head)) == 1

    team.give_back(case)

    with hall(team.ref):
        assert kept(team.head) == []


def test_size_and_number_are_bounded(team: Team) -> None:
    with hall(team.ref):
        most = limits.kilobytes() * 1024
        with pytest.raises(DraftTooLarge):
            keeping.save(WALK_IN, {"x": "字" * (most // 3)}, version=0, by=team.clerk)
        for n in range(limits.most()):
            keeping.save(Form(f"form-{n}"), {"x": n}, version=0, by=team.clerk)
        with pytest.raises(TooManyDrafts):
            keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        assert Draft.objects.count() == limits.most()
        keeping.save(WALK_IN, TEXT, version=0, by=team.desk)


def test_discarding_is_for_ones_own(team: Team) -> None:
    with hall(team.ref):
        draft = keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        with pytest.raises(NotFound):
            keeping.discard(draft_id=draft.id, by=team.desk)
        keeping.sent(draft_id=draft.id, by=team.desk)
        assert kept(team.clerk) == [TEXT]

        keeping.discard(draft_id=draft.id, by=team.clerk)

        assert kept(team.clerk) == []


def test_the_system_has_no_drafts(team: Team) -> None:
    with hall(team.ref), pytest.raises(Forbidden):
        keeping.save(WALK_IN, TEXT, version=0, by=SYSTEM)


def test_what_nobody_touched_for_two_weeks_is_let_go_of(team: Team) -> None:
    with hall(team.ref):
        with frozen(MONDAY):
            keeping.save(WALK_IN, TEXT, version=0, by=team.clerk)
        with frozen(MONDAY + timedelta(days=14)):
            assert keeping.forget() == 0
        with frozen(MONDAY + timedelta(days=14, seconds=1)):
            assert keeping.forget() == 1
