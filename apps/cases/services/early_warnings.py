"""An early warning becomes a case before anybody complains (C-24)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.models import Case
from apps.cases.rules import ReceptionOutcome
from apps.cases.services.reception import NewReception, receive
from apps.cases.services.registration import NewApplicant, NewCase, register
from apps.windows import queries as windows
from apps.windows import services as signals
from bancheng.kernel.actor import Actor

EARLY_WARNING = "early_warning"
# Nobody has asked yet: whoever it is, is known by a key at most.
_NOBODY_YET = NewApplicant(kind="person", relation="self", name="", phone="")


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What the shift lead makes of a warning."""

    title: str
    note: str = ""


@transaction.atomic
def take_up(given: TakenUp, *, warning_id: UUID, by: Actor, version: int | None = None) -> Case:
    """Take a warning up as a reception and its case, in one step. The case says how it was found,
    the warning which case it became. Raises NotFound, Stale, SignalAnswered, Forbidden.
    """
    permissions.require(by, "cases.register")
    item = windows.item_of_warning(warning_id)
    visit = NewReception(
        matter=given.title,
        applicant_kind=_NOBODY_YET.kind,
        outcome=ReceptionOutcome.REGISTERED,
        service_item=item,
    )
    made = register(
        NewCase(
            reception=receive(visit, by=by).id,
            title=given.title,
            detail=given.note,
            want="",
            applicant=_NOBODY_YET,
            service_item=item,
            discovery_source=EARLY_WARNING,
        ),
        by=by,
    )
    signals.decide_warning(
        signal_id=warning_id, taken=True, case_id=made.id, note=given.note, version=version, by=by
    )
    return made
