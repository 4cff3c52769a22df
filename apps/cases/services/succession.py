"""What hangs on a post or a department under open cases passes to another when it ends (C-61).

Sealed files are not among it: their own circle decides who handles them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.cases import permissions
from apps.cases.details import Detail, Named
from apps.cases.models import Case, Deadline
from apps.cases.rules import State
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, move
from apps.notices import services as notices
from apps.staff import holdings
from apps.staff.holdings import Heir, Kind
from bancheng.kernel.actor import Actor
from bancheng.kernel.clock import now

SUCCESSION = "succession"
_IN_HAND = (State.DISPATCHED, State.SIGNED, State.IN_PROGRESS, State.REPLIED)


@dataclass(frozen=True, slots=True)
class Succeeded(Detail):
    """Who followed whom, and in what: `responsible`, `handler`, `approver` or `unit`."""

    part: str
    before: str
    to: Named


def _open() -> QuerySet[Case, Case]:
    return Case.objects.exclude(state=State.CLOSED)


def _responsible(post: UUID) -> QuerySet[Case, Case]:
    return _open().filter(first_responder_post=post)


def _handled(post: UUID) -> QuerySet[Case, Case]:
    return _open().filter(handler_post=post, state__in=_IN_HAND)


def _approving(post: UUID) -> QuerySet[Case, Case]:
    return _open().filter(state=State.REFUSAL_PROPOSED, refusal__approver__id=str(post))


def _led(unit: UUID) -> QuerySet[Case, Case]:
    return _open().filter(lead_unit=unit)


def _assisted(unit: UUID) -> QuerySet[Case, Case]:
    return _open().filter(assist_units__contains=[{"id": str(unit)}])


def _respond(case: Case, _leaving: UUID, heir: Heir) -> tuple[str, str]:
    before = case.first_responder_name
    case.first_responder_post, case.first_responder_name = heir.id, heir.name
    return "responsible", before


def _handle(case: Case, _leaving: UUID, heir: Heir) -> tuple[str, str]:
    before = case.handler_name
    case.handler_post, case.handler_name = heir.id, heir.name
    return "handler", before


def _approve(case: Case, _leaving: UUID, heir: Heir) -> tuple[str, str]:
    file = case.refusal or {}
    before = str(file["approver"]["name"])
    case.refusal = file | {"approver": Named(heir.id, heir.name).as_json()}
    return "approver", before


def _lead(case: Case, leaving: UUID, heir: Heir) -> tuple[str, str]:
    """The clocks run on; from now on somebody else answers for them."""
    before = case.lead_unit_name
    case.lead_unit, case.lead_unit_name = heir.id, heir.name
    if case.handler_unit == leaving:
        case.handler_unit, case.handler_unit_name = heir.id, heir.name
    case.assist_units = [one for one in case.assist_units if one["id"] != str(heir.id)]
    _own(case, leaving, heir)
    return "unit", before


def _assist(case: Case, leaving: UUID, heir: Heir) -> tuple[str, str]:
    before = next(one["name"] for one in case.assist_units if one["id"] == str(leaving))
    others = [one for one in case.assist_units if one["id"] != str(leaving)]
    known = {one["id"] for one in others} | {str(case.lead_unit)}
    new = [] if str(heir.id) in known else [Named(heir.id, heir.name).as_json()]
    case.assist_units = [*others, *new]
    _own(case, leaving, heir)
    return "unit", before


def _own(case: Case, leaving: UUID, heir: Heir) -> None:
    running = Deadline.objects.filter(case=case, owner=leaving, done_at__isnull=True)
    running.update(owner=heir.id, owner_name=heir.name, owned_at=now())


Find = Callable[[UUID], QuerySet[Case, Case]]
Change = Callable[[Case, UUID, Heir], tuple[str, str]]


def _passing(find: Find, change: Change) -> Callable[[UUID, Heir, Actor], None]:
    def pass_on(leaving: UUID, heir: Heir, by: Actor) -> None:
        for case in find(leaving).select_for_update().order_by("id"):
            part, before = change(case, leaving, heir)
            detail = Succeeded(part, before, Named(heir.id, heir.name))
            to = notices.To(unit=heir.id) if part == "unit" else notices.To(posts=[heir.id])
            note = notices.Note("cases.succession", "case", case.id, case.number)
            notices.tell(note, to=to, by=by)
            move(case, Line(SUCCESSION, None, detail=detail), by, clocks=Clocks.of(case))

    return pass_on


def _desk_can(_leaving: UUID, heir: Heir) -> bool:
    return bool(heir.roles & permissions.AT_THE_DESK)


def _unit_can(leaving: UUID, heir: Heir) -> bool:
    """Somebody of the units that lead what is in hand."""
    units = set(_handled(leaving).values_list("lead_unit", flat=True))
    return bool(heir.roles & permissions.UNIT) and units <= {heir.department}


def _can_approve(leaving: UUID, heir: Heir) -> bool:
    """Not who proposed it: nobody says no alone (§2.5)."""
    own = Q(refusal__proposer__id=str(heir.id))
    return bool(heir.roles & permissions.APPROVERS) and not _approving(leaving).filter(own).exists()


def _kind(
    name: str, find: Find, change: Change, fits: Callable[[UUID, Heir], bool] | None = None
) -> Kind:
    passing = _passing(find, change)
    return Kind(name, lambda ident: find(ident).count(), passing, fits or (lambda _one, _two: True))


holdings.on_posts(
    [
        _kind("cases.responsible", _responsible, _respond, _desk_can),
        _kind("cases.handled", _handled, _handle, _unit_can),
        _kind("cases.approving", _approving, _approve, _can_approve),
    ]
)
holdings.on_departments(
    [_kind("cases.led", _led, _lead), _kind("cases.assisted", _assisted, _assist)]
)
