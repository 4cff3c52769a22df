"""Two cases become one while somebody works on one of them: one wins, the other hears that the case
has changed; neither goes on half (§2.1 并案)."""

from collections.abc import Callable

import pytest

from apps.cases.errors import StepNotAllowed
from apps.cases.intake.errors import CannotMerge
from apps.cases.models import Case, CaseLink, Deadline
from apps.cases.services import dispatching, handling, merging, undoing
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.concurrency.test_cases import at_once
from tests.support.cases import Team

pytestmark = pytest.mark.usefixtures("committed")
Act = Callable[[], object]


def merge(team: Team, case: Case, into: Case) -> Act:
    return lambda: (
        merging.merge(
            case_id=case.id, version=case.version, into=into.id, note="同一事", by=team.desk
        ).state
    )


def words(found: list[object]) -> list[str]:
    return sorted(map(str, found))


def kept(ref: HallRef, case: Case) -> Case:
    with hall(ref):
        assert chain.verify().broken_at is None
        return Case.objects.get(id=case.id)


def running(ref: HallRef, case: Case) -> int:
    with hall(ref):
        return Deadline.objects.filter(case=case, ended="").count()


def test_a_case_is_signed_or_merged(street: HallRef) -> None:
    team = Team(street)
    for _ in range(3):
        case, other = team.dispatched(), team.triaged()

        def sign(case: Case = case) -> object:
            return handling.sign(case_id=case.id, version=case.version, by=team.handler).state

        found = at_once(street, [merge(team, case, other), sign])

        assert words(found) in (words(["closed", Stale]), words([Stale, "signed"]))
        now = kept(street, case)
        assert now.state in found
        assert (running(street, case) == 0) is (now.state == "closed")


def test_two_cases_are_not_merged_into_each_other(street: HallRef) -> None:
    """Whoever comes second finds the other one closed, or changed by taking the first one in."""
    team = Team(street)
    case, other = team.triaged(), team.triaged()

    found = at_once(street, [merge(team, case, other), merge(team, other, case)])

    assert words(found) in (words(["closed", Stale]), words(["closed", CannotMerge]))
    states = {kept(street, case).state, kept(street, other).state}
    assert states == {"closed", "triaged"}
    with hall(street):
        assert CaseLink.objects.filter(kind="merged_into").count() == 1


def test_a_dispatch_is_taken_back_or_its_case_is_merged(street: HallRef) -> None:
    team = Team(street)
    for _ in range(3):
        case, other = team.dispatched(), team.triaged()

        def back(case: Case = case) -> object:
            return undoing.undo(case_id=case.id, version=case.version, by=team.desk).state

        found = at_once(street, [back, merge(team, case, other)])

        assert words(found) in (words(["triaged", Stale]), words(["closed", Stale]))
        assert kept(street, case).state in found


def test_while_a_case_takes_another_in_it_is_dispatched_once(street: HallRef) -> None:
    """Both lock the case that stays; the dispatch with the version it saw may come second."""
    team = Team(street)
    case, other = team.triaged(), team.triaged()

    def dispatch() -> object:
        return dispatching.dispatch(
            case_id=other.id,
            version=other.version,
            lead_unit=team.unit,
            assist_units=[],
            category="",
            note="",
            by=team.desk,
        ).state

    found = at_once(street, [merge(team, case, other), dispatch])

    assert found[0] == "closed"
    assert found[1] in ("dispatched", Stale)
    assert StepNotAllowed not in found
    assert kept(street, other).state == ("dispatched" if found[1] == "dispatched" else "triaged")
