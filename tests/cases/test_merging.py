"""Two cases become one and apart again; linked cases; who is told what is missing."""

from datetime import timedelta
from typing import Any

import pytest

from apps.cases.intake.details import Material
from apps.cases.intake.errors import (
    AlreadyLinked,
    AskedBefore,
    CannotMerge,
    NoSuchLink,
    NotMerged,
    UndoTooLate,
)
from apps.cases.intake.link_kinds import LinkKind
from apps.cases.models import Case, CaseEvent, CaseLink, Deadline
from apps.cases.services import linking, merging, noticing
from apps.notices.models import Notice
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
ITEM = "YJ-MZ-04"
CLOCKS = ("stage", "owner", "started_at", "due_at", "due_on", "ended", "done_at")


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def merged(team: Team, case: Case, into: Case, by: Actor | None = None) -> Case:
    with hall(team.ref):
        return merging.merge(
            case_id=case.id, version=case.version, into=into.id, note="同一事", by=by or team.desk
        )


def undone(team: Team, case: Case) -> Case:
    with hall(team.ref):
        return merging.unmerge(case_id=case.id, version=case.version, note="是两件事", by=team.desk)


def as_stored(team: Team, case: Case) -> tuple[Any, ...]:
    with hall(team.ref):
        row = Case.objects.get(id=case.id)
        clocks = list(Deadline.objects.filter(case=case).order_by("id").values_list(*CLOCKS))
    return (row.state, row.outcome, row.closed_at, row.due_at, row.lead_unit, clocks)


@pytest.mark.parametrize("state", ["registered", "triaged", "dispatched", "signed", "in_progress"])
def test_a_merge_undone_leaves_everything_as_it_was(team: Team, state: str) -> None:
    """§2.1 并案: the state and every clock, to the second."""
    case, other = getattr(team, state)(), team.triaged()
    before = as_stored(team, case)

    done = merged(team, case, other)
    between = as_stored(team, case)
    undone(team, done)

    assert between[:2] == ("closed", "merged")
    assert all(clock[5] != "" for clock in between[5])
    assert as_stored(team, case) == before


def test_the_merge_stands_in_both_histories(team: Team) -> None:
    """§2.1 并案: a pointer there, and what came in here."""
    case, other = team.registered(), team.triaged()

    merged(team, case, other)

    with hall(team.ref):
        link = CaseLink.objects.get()
        lines = dict(CaseEvent.objects.filter(seq__gte=2).values_list("kind", "data__number"))
        other_state = Case.objects.get(id=other.id).state
    assert (link.case_id, link.other_id, link.kind) == (case.id, other.id, "merged_into")
    assert (lines["merge"], lines["merged_in"]) == (other.number, case.number)
    assert other_state == "triaged"


def test_the_line_of_an_undone_merge_says_from_closed(team: Team) -> None:
    """The history shows that the case was closed between."""
    case = undone(team, merged(team, team.signed(), team.triaged()))

    with hall(team.ref):
        line = CaseEvent.objects.get(case=case, kind="unmerge")
    assert (line.before, line.after) == ("closed", "signed")


def test_after_five_working_days_a_merge_stays(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """§2.1: undoing has its limit; nothing changes afterwards."""
    done = merged(team, team.registered(), team.triaged())
    before = as_stored(team, done)
    late = clock.now() + timedelta(days=30)
    monkeypatch.setattr(clock, "today", lambda: late.date())

    with pytest.raises(UndoTooLate):
        undone(team, done)

    assert as_stored(team, done) == before


def test_what_cannot_be_merged(team: Team, other_street: HallRef) -> None:
    """§2.1: not into itself, not into an ended case, not into another hall's, not by a clerk."""
    case, closed = team.triaged(service_item=ITEM), team.closed()
    elsewhere = Team(other_street).triaged()
    before = as_stored(team, case)

    with pytest.raises(CannotMerge):
        merged(team, case, case)
    with pytest.raises(CannotMerge):
        merged(team, case, closed)
    with pytest.raises(Invalid):
        merged(team, case, elsewhere)
    with pytest.raises(Forbidden):
        merged(team, case, team.registered(), by=team.clerk)
    with pytest.raises(NotFound):
        merged(team, case, team.registered(), by=team.handler)
    with pytest.raises(NotMerged):
        undone(team, case)
    case.version += 1
    with pytest.raises(Stale):
        merged(team, case, team.registered())

    assert as_stored(team, case) == before


def test_the_fourth_time_only_a_chief_lays_it_beside_the_answer(team: Team) -> None:
    """§7 case 42: reported four times in two months; no further handling is the chief's word."""
    answered = team.closed(service_item=ITEM)
    for _ in range(2):
        team.closed(service_item=ITEM)
    fourth = team.triaged(service_item=ITEM)

    with pytest.raises(CannotMerge):
        merged(team, fourth, answered, by=team.desk)
    done = merged(team, fourth, answered, by=team.lead)

    assert (fourth.repeat, done.outcome) == (True, "merged")


def test_a_link_is_seen_from_both_and_can_end(team: Team) -> None:
    """§2.1: linked, once; unlinked, and the row stays."""
    case, other = team.triaged(), team.triaged()
    with hall(team.ref):
        case = linking.link(
            case_id=case.id,
            version=case.version,
            other=other.id,
            kind=LinkKind.SPLIT_FROM,
            note="",
            by=team.clerk,
        )
        with pytest.raises(AlreadyLinked):
            linking.link(
                case_id=case.id,
                version=case.version,
                other=other.id,
                kind=LinkKind.SPLIT_FROM,
                note="",
                by=team.clerk,
            )
        made = CaseLink.objects.get()
        case = linking.unlink(
            case_id=case.id, version=case.version, link_id=made.id, note="", by=team.clerk
        )
        with pytest.raises(NoSuchLink):
            linking.unlink(
                case_id=case.id, version=case.version, link_id=made.id, note="", by=team.clerk
            )
        assert CaseLink.objects.get().ended_at is not None


def told(team: Team, case: Case, reason: str = "") -> Case:
    with hall(team.ref):
        return noticing.tell_missing(
            case_id=case.id,
            version=case.version,
            materials=[Material("婚姻登记档案复印件", "加盖档案章", "区档案馆")],
            told="printed",
            reason=reason,
            by=team.desk,
        )


def test_what_is_missing_is_told_once(team: Team) -> None:
    """一次性告知: the first notice is complete and not late."""
    case = told(team, team.triaged())

    (notice,) = case.material_notices
    assert (notice["late"], notice["told"], notice["by"]) == (False, "printed", "测试员")
    assert notice["materials"] == [
        {"name": "婚姻登记档案复印件", "form": "加盖档案章", "where": "区档案馆"}
    ]


def test_one_more_paper_is_marked_and_told_to_the_shift_lead(team: Team) -> None:
    """F2 未一次性告知: a later demand needs a reason, is flagged and alerts."""
    case = told(team, team.triaged())
    with pytest.raises(AskedBefore):
        told(team, case)
    with hall(team.ref):
        assert len(Case.objects.get(id=case.id).material_notices) == 1
        assert not Notice.objects.filter(kind="cases.late_demand").exists()

    case = told(team, case, reason="新规定自本月起")

    with hall(team.ref):
        notice = Notice.objects.get(kind="cases.late_demand")
    assert [one["late"] for one in case.material_notices] == [False, True]
    assert (notice.post, notice.number) == (team.lead.post_id, case.number)
