"""One thread from the number at the door to the outcome, readable from any end (issue: windows),
and what guidance before the window did (C-22, M-20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apps.cases import permissions
from apps.cases.models import Case, Reception
from apps.staff import permissions as staff
from apps.windows import guided
from apps.windows import queries as windows
from apps.windows.guided import People
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class NumberThread:
    """What became of a number, as far as the actor may know."""

    ticket: windows.TicketSnapshot
    reception: UUID | None
    case: dict[str, Any] | None
    guidance: list[UUID]


def thread(by: Actor, ticket_id: UUID) -> NumberThread:
    """The reception and the case of a number; raises NotFound for an unknown number."""
    found = windows.snapshot(ticket_id)
    reception, case = None, None
    if staff.may(by, "receptions.read"):
        rows = Reception.objects.filter(ticket_id=ticket_id).order_by("-at")
        reception = rows.values_list("id", flat=True).first()
    if reception is not None and staff.may(by, "cases.read"):
        seen = permissions.visible_to(by).filter(reception_id=reception)
        case = seen.values("id", "number", "state", "outcome").first()
    notes = guided.of_ticket(ticket_id) if staff.may(by, "guidance.read") else []
    return NumberThread(found, reception, dict(case) if case else None, notes)


@dataclass(frozen=True, slots=True)
class Effect:
    """M-20 of one service item: of the people who came for it, how many got stuck (a case at the
    desk) and how many were done at their first visit."""

    item_code: str
    guided: People
    unguided: People


def effect(by: Actor, first: date, last: date) -> list[Effect]:
    """Guided against unguided people of the same item, from `first` to `last`.

    People are known by the key of their phone; a number taken without one counts in neither group.
    """
    staff.require(by, "guidance.compare")
    groups = guided.groups(first, last)
    keys = [key for group in groups.values() for people in group for key in people]
    stuck = _stuck(keys)
    return [
        Effect(item, _people(item, yes, stuck), _people(item, no, stuck))
        for item, (yes, no) in sorted(groups.items())
    ]


def _stuck(keys: Sequence[bytes]) -> set[tuple[bytes, str]]:
    """Who has a case of which item; sealed files are in no figure."""
    cases = Case.objects.filter(applicant__phone_index__in=keys)
    found = cases.values_list("applicant__phone_index", "service_item")
    return {(bytes(key or b""), item) for key, item in found}


def _people(item: str, people: dict[bytes, bool], stuck: set[tuple[bytes, str]]) -> People:
    return People(
        people=len(people),
        stuck=sum((key, item) in stuck for key in people),
        first_pass=sum(people.values()),
    )
