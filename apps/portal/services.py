"""Opening a case's page with number and code."""

from uuid import UUID

from django.db import transaction

from apps.cases import tracking
from apps.cases.services import appealing, hearing
from apps.portal import limits
from apps.portal.errors import NotFound, TooOften
from bancheng.kernel import names
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit

PURPOSE = "portal"
OPEN_SECONDS = 2 * 3600
_CITIZEN = Actor(kind="citizen", name="citizen")


def unlock(*, number: str, code: str, address: str) -> UUID:
    """The case of number and code; raises TooOften, NotFound (for either being wrong)."""
    try:
        limits.count_try(number, address)
    except TooOften:
        _put_down()
        raise
    case_id = tracking.find(number, code)
    if case_id is None:
        raise NotFound
    return case_id


@transaction.atomic
def _put_down() -> None:
    """Somebody guesses. Neither number nor address is written down: the chain holds no person."""
    audit.record("portal.tried_too_often", subject="portal", subject_id=None, by=_CITIZEN)


def ticket(case_id: UUID) -> str:
    """What the citizen's browser keeps: signed for this hall, good for two hours."""
    return names.sign(PURPOSE, str(case_id))


def case_of(ticket: str) -> UUID:
    """The case of a ticket; raises NotFound when it is forged, old or another hall's."""
    value = names.unsign(PURPOSE, ticket, OPEN_SECONDS)
    if value is None:
        raise NotFound
    return UUID(value)


def answer(*, ticket: str, text: str, address: str) -> UUID:
    """Write to the handler of the case whose page is open; its id.

    Raises NotFound, TooOften, and what `hearing.hear` refuses.
    """
    case_id = case_of(ticket)
    limits.count_message(str(case_id), address)
    hearing.hear(case_id=case_id, text=text, by=_CITIZEN)
    return case_id


def case_for_files(*, ticket: str, address: str) -> UUID:
    """The case whose page is open, for one more file; raises NotFound, TooOften."""
    case_id = case_of(ticket)
    limits.count_file(str(case_id), address)
    return case_id


def appeal(*, ticket: str, grounds: str) -> UUID:
    """Ask for a re-examination of the case whose page is open (C-60); its id.

    Raises NotFound, and what `appealing.appeal_by_citizen` refuses.
    """
    case_id = case_of(ticket)
    appealing.appeal_by_citizen(case_id=case_id, grounds=grounds, by=_CITIZEN)
    return case_id
