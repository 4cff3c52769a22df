"""One case beside another: related, the same again, split off (domain.md §2.1)."""

from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.intake.details import Linked
from apps.cases.intake.errors import AlreadyLinked, NoSuchLink
from apps.cases.intake.link_kinds import BY_PEOPLE, LinkKind
from apps.cases.models import Case, CaseLink
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, locked, move
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, Stale


@transaction.atomic
def link(*, case_id: UUID, version: int, other: UUID, kind: LinkKind, note: str, by: Actor) -> Case:
    """Put another visible case beside this one; seen from both. Raises AlreadyLinked, Invalid."""
    case = _take(case_id, version, by)
    beside = _beside(case, other, by)
    if kind not in BY_PEOPLE:
        raise Invalid(errors={"kind": ["not_allowed"]})
    if _open(case, beside, kind):
        raise AlreadyLinked(number=beside.number)
    CaseLink.objects.create(case=case, other=beside, kind=kind, note=note, by_name=by.name)
    detail = Linked(kind, beside.id, beside.number)
    return move(case, Line("link", None, note, detail), by, clocks=Clocks.of(case))


@transaction.atomic
def unlink(*, case_id: UUID, version: int, link_id: UUID, note: str, by: Actor) -> Case:
    """End a link that people made; it stays for the record. Raises NoSuchLink."""
    case = _take(case_id, version, by)
    found = CaseLink.objects.filter(id=link_id, case=case, ended_at__isnull=True).first()
    if found is None or found.kind not in BY_PEOPLE:
        raise NoSuchLink
    beside = _beside(case, found.other_id, by)
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    detail = Linked(found.kind, beside.id, beside.number)
    return move(case, Line("unlink", None, note, detail), by, clocks=Clocks.of(case))


def repeat_of(case: Case, earlier: Case, by: Actor) -> None:
    """The stored case repeats an earlier one (M-21); part of the registration."""
    CaseLink.objects.create(case=case, other=earlier, kind=LinkKind.REPEAT_OF, by_name=by.name)


def _take(case_id: UUID, version: int, by: Actor) -> Case:
    case = locked(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require(by, "cases.link")
    return case


def _beside(case: Case, other: UUID, by: Actor) -> Case:
    """The other case; one that the actor may not see is unknown."""
    found = permissions.visible_to(by).filter(id=other).exclude(id=case.id).first()
    if found is None:
        raise Invalid(errors={"other": ["unknown"]})
    return found


def _open(case: Case, beside: Case, kind: LinkKind) -> bool:
    rows = CaseLink.objects.filter(case=case, other=beside, kind=kind, ended_at__isnull=True)
    return rows.exists()
