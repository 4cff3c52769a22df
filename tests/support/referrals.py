"""Letters between halls, sent and heard of as people and jobs would."""

from uuid import UUID

from apps.cases.models import Case
from apps.cases.services import receiving, referring
from apps.cases.services.referring import Referral
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.outbox import queue as outbox
from tests.support.cases import Team


def refer(team: Team, case: Case) -> UUID:
    """Hand a case to the hall above; the letter's id."""
    given = Referral("权限在上级", "核实并办理", need_contact=True)
    with hall(team.ref):
        return referring.refer_upward(
            case_id=case.id, version=case.version, given=given, by=team.desk
        ).letter_id


def accept(team: Team, letter_id: UUID) -> Case:
    """Take a letter's case over."""
    with hall(team.ref):
        return receiving.accept(letter_id=letter_id, version=1, note="已接收", by=team.desk)


def hear(*refs: HallRef) -> None:
    """Drain the halls' outboxes until nothing is left to tell."""
    while True:
        told = 0
        for ref in refs:
            with hall(ref):
                told += outbox.drain()
        if not told:
            return


def read_again(team: Team, case: Case) -> Case:
    """The case as it is stored."""
    with hall(team.ref):
        return Case.objects.get(id=case.id)
