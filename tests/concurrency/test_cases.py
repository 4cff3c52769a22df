"""Several people at one case at once: one effect, everybody told (security.md §5.3, §5.4)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from apps.cases.errors import CaseExists
from apps.cases.models import Case, CaseEvent
from apps.cases.services import applicants, receiving, referring, registration, triage
from apps.cases.services.referring import Referral
from apps.cases.services.registration import NewCase
from bancheng.city.exchange import queries as exchange
from bancheng.city.exchange.errors import AlreadyDecided
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from bancheng.services.live import log as live
from tests.support.cases import APPLICANT, FINDING, RECEPTION, Team

pytestmark = pytest.mark.usefixtures("committed")


def at_once(ref: HallRef, acts: Sequence[Callable[[], object]]) -> list[Any]:
    """Run all acts together in the hall; what each gave or raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            with hall(ref):
                barrier.wait(timeout=20)
                return act()
        except Exception as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_clerks_with_one_version_make_one_step(street: HallRef) -> None:
    team = Team(street)
    case = team.registered()

    def press() -> object:
        return triage.triage(
            case_id=case.id, version=case.version, finding=FINDING, by=team.desk
        ).version

    found = at_once(street, [press] * 8)

    assert sorted(map(str, found)) == sorted(map(str, [2] + [Stale] * 7))
    with hall(street):
        assert CaseEvent.objects.filter(case=case, kind="triage").count() == 1
        assert live.heads([f"case:{case.id}"]) == {f"case:{case.id}": 2}
        assert chain.verify().broken_at is None


def test_one_reception_becomes_one_case(street: HallRef) -> None:
    team = Team(street)
    with hall(street):
        reception = registration.receive(RECEPTION, by=team.clerk)
    wanted = NewCase(reception.id, "标题", "详情", "诉求", APPLICANT)

    found = at_once(street, [lambda: registration.register(wanted, by=team.clerk).number] * 6)

    assert found.count(CaseExists) == 5
    with hall(street):
        assert Case.objects.count() == 1


def test_accepting_and_returning_at_once_decides_once(street: HallRef, district: HallRef) -> None:
    sender, receiver = Team(street), Team(district)
    case = sender.triaged()
    with hall(street):
        letter_id = referring.refer_upward(
            case_id=case.id,
            version=case.version,
            given=Referral("权限在区级", "核实", need_contact=False),
            by=sender.desk,
        ).letter_id

    def accept() -> object:
        return receiving.accept(letter_id=letter_id, version=1, note="", by=receiver.desk).state

    def give_back() -> object:
        return receiving.return_(
            letter_id=letter_id, version=1, reason_code="duplicate", note="", by=receiver.desk
        )

    found = at_once(district, [accept, give_back] * 3)

    assert found.count(AlreadyDecided) == 5
    with hall(district):
        lines = exchange.lines_after(letter_id, 1)
        assert len(lines) == 1
        assert Case.objects.count() == (1 if lines[0].kind == "accepted" else 0)


def test_fields_revealed_at_once_are_all_counted(street: HallRef) -> None:
    team = Team(street)
    case = team.registered()

    def look() -> object:
        return applicants.reveal(
            case_id=case.id, field="phone", reason="contact_applicant", note="", by=team.desk
        )

    found = at_once(street, [look] * 6)

    assert set(found) == {APPLICANT.phone}
    with hall(street):
        seqs = CaseEvent.objects.filter(case=case).order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1, 8))


def test_steps_on_different_cases_wait_for_nobody_for_ever(street: HallRef) -> None:
    """Writers keep one lock order, so crossing work ends without a deadlock."""
    team = Team(street)
    cases = [team.registered() for _ in range(8)]

    def press(case: Case) -> Callable[[], object]:
        return lambda: (
            triage.triage(
                case_id=case.id, version=case.version, finding=FINDING, by=team.desk
            ).state
        )

    found = at_once(street, [press(case) for case in cases])

    assert found == ["triaged"] * 8
    with hall(street):
        assert chain.verify().broken_at is None
        assert live.heads(["desk"])["desk"] == 24
