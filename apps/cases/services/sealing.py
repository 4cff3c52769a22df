"""A case becomes a sealed file: from this transaction on it never was (C-13, security.md D13).

The file itself (who is accused, who may know, what was found) belongs to the app above; here the
case leaves every list, clock, topic and kept answer of the hall, and its person leaves with it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.attachments.services.going_up import Bundle
from apps.cases.details import Detail
from apps.cases.errors import AlreadyReferred
from apps.cases.models import Applicant, Case, CaseEvent, Reception
from apps.cases.rules import Stage, State, Urgency
from apps.cases.services import applicants, moving, wording
from apps.cases.services.applicants import Person
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.registration import free_number
from apps.cases.tracking import code_index, first_code
from apps.drafts.services import keeping as drafts
from apps.drafts.services import remembering
from apps.notices import services as notices
from bancheng.city.rollups import services as rollups
from bancheng.city.visits import counting as visits
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale
from bancheng.kernel.hall import here
from bancheng.services.idempotency import once
from bancheng.services.live import log as live

__all__ = [
    "Accusation",
    "Case",
    "Handed",
    "NewFile",
    "Person",
    "Progress",
    "advance",
    "encircle",
    "kept_by",
    "locked",
    "open_case",
    "put_down",
    "register",
    "seal",
    "verified",
]
HIDDEN = "（保密）"


@dataclass(frozen=True, slots=True)
class Accusation:
    """Whom the matter is about: units and posts of this hall, anybody else in words; what is
    alleged (blocking reasons F1 to F5) and the integrity risks that show (C-71)."""

    units: tuple[UUID, ...] = ()
    posts: tuple[UUID, ...] = ()
    others: str = ""
    facts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """What the keeper of sealed files is given: the case, its person in plain, and the units that
    had the case before, which may well be meant. `bundle`: files that came with it from below."""

    case: Case
    person: Person
    accusation: Accusation
    concerned: tuple[UUID, ...] = ()
    bundle: Bundle | None = None


Keeper = Callable[[Handed, Actor], Collection[UUID]]
_keepers: list[Keeper] = []


def kept_by(keeper: Keeper) -> Keeper:
    """Register the one who opens a file and says which posts may know of it."""
    _keepers.append(keeper)
    return keeper


@dataclass(frozen=True, slots=True)
class NewFile:
    """What somebody says about how they were treated, written down quietly."""

    title: str
    detail: str
    want: str
    person: Person
    accusation: Accusation
    bundle: Bundle | None = None


@transaction.atomic
def register(given: NewFile, *, by: Actor) -> Case:
    """A case that was never open: no reception, no number in any list, no hint on any topic."""
    case = Case(
        id=ids.new_id(),
        number=free_number(),
        state=State.REGISTERED,
        title=given.title,
        detail=given.detail,
        want=given.want,
        urgency=Urgency.NORMAL,
        confidential=True,
        sealed=True,
        first_responder_post=by.post_id,
        first_responder_name=by.name,
        registered_at=clock.now(),
        triaged_at=clock.now(),
    )
    case.code_index = code_index(case.number, first_code(case.id))
    clocks = Clocks(case, [])
    clocks.start(Stage.CONDUCT_VERIFY, desk())
    clocks.settle()
    case.save(force_insert=True)
    clocks.write()
    Applicant.every.create(case=case, name_mask=HIDDEN)
    _write(case, 1, "conduct.opened", by)
    handed = Handed(case, given.person, given.accusation, bundle=given.bundle)
    return _handed_over(handed, by)


def seal(case: Case, accusation: Accusation, by: Actor, *, note: str = "") -> Case:
    """Seal a locked case in the caller's transaction; call it last.

    Raises AlreadyReferred when another hall knows of the case: then a file of its own is opened
    beside it. What the case counted until now is counted no longer.
    """
    if case.letter_in is not None or case.letter_out is not None:
        raise AlreadyReferred
    units = (case.lead_unit, case.handler_unit, *(UUID(one["id"]) for one in case.assist_units))
    clocks = Clocks.of(case)
    clocks.drop_all()
    clocks.start(Stage.CONDUCT_VERIFY, desk())
    clocks.settle()
    clocks.write()
    person = applicants.take_away(Applicant.every.get(case_id=case.id), HIDDEN)
    case.sealed = case.confidential = True
    case.version, case.last_seq = case.version + 1, case.last_seq + 1
    case.save(force_update=True)
    _write(case, case.last_seq, "conduct.opened", by, note=note)
    wording.forget(case.id)
    _silence(case)
    concerned = tuple(dict.fromkeys(unit for unit in units if unit is not None))
    return _handed_over(Handed(case, person, accusation, concerned), by)


def _handed_over(handed: Handed, by: Actor) -> Case:
    circle = {post for keeper in _keepers for post in keeper(handed, by)}
    encircle(handed.case, circle)
    return handed.case


def encircle(case: Case, circle: Collection[UUID]) -> None:
    """Name the posts that may know of a sealed case."""
    case.circle = sorted(circle)
    Case.every.filter(id=case.id, sealed=True).update(circle=case.circle)


def _silence(case: Case) -> None:
    """Reception, hints and kept answers of the case are known to nobody any more."""
    gone = [ident for ident in (case.id, case.reception_id) if ident is not None]
    Reception.every.filter(id__in=gone).update(sealed=True)
    live.silence(gone)
    notices.withdraw(gone)
    drafts.withdraw(gone)
    remembering.let_go(gone)
    once.drop_answers([case.number, *map(str, gone)])
    for ident in gone:
        visits.take_back(ident)
    moments = (clock.now(), case.registered_at, case.closed_at)
    rollups.mark_dirty(*(clock.day_of(at) for at in moments if at is not None))


def locked(case_id: UUID) -> Case:
    """A sealed case, locked: the first lock of every step of its file. Who may is asked there;
    raises NotFound."""
    rows = Case.every.select_for_update().filter(id=case_id, sealed=True)
    case = rows.order_by("id").first()
    if case is None:
        raise NotFound
    return case


def open_case(case_id: UUID, version: int, by: Actor) -> Case:
    """An open case that somebody wants sealed, locked; raises NotFound, Stale."""
    case = moving.locked(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    return case


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sealed case is, for its citizen: begun, answered (with what), ended."""

    begun_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""
    ended_at: datetime | None = None


def put_down(
    case: Case, kind: str, by: Actor, *, note: str = "", detail: Detail | None = None
) -> None:
    """One line of a sealed case's history; its version moves. Nothing is told to anybody."""
    case.version, case.last_seq = case.version + 1, case.last_seq + 1
    case.save(update_fields=["version", "last_seq"])
    _write(case, case.last_seq, kind, by, note=note, detail=detail)


def advance(case: Case, progress: Progress) -> None:
    """What the citizen's page shows of it; the clock of verification ends with the answer."""
    case.contacted_at = case.contacted_at or progress.begun_at
    case.delivered_at = case.delivered_at or progress.answered_at
    case.answer = progress.answer or case.answer
    case.called_back_at = case.called_back_at or progress.ended_at
    case.save(update_fields=["contacted_at", "delivered_at", "answer", "called_back_at"])


def verified(case: Case) -> None:
    """The clock of verification has done its part."""
    clocks = Clocks.of(case)
    clocks.stop(Stage.CONDUCT_VERIFY)
    clocks.settle()
    clocks.write()
    case.save(update_fields=["due_at"])


def _write(
    case: Case, seq: int, kind: str, by: Actor, *, note: str = "", detail: Detail | None = None
) -> None:
    CaseEvent.every.create(
        case=case,
        seq=seq,
        kind=kind,
        actor_post=by.post_id,
        actor_name="" if by.kind == "system" else by.name,
        actor_unit=here().desk_name,
        before=case.state,
        after=case.state,
        note=note,
        data=detail.as_json() if detail else {},
    )
