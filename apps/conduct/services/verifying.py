"""Verification, finding, answer, archive (GB/T 36113-2018; domain.md C-13, C-58)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.cases.services import carrying_on, sealing
from apps.cases.services.carrying_on import CarriedOn, Matter
from apps.cases.services.sealing import Accusation, Progress
from apps.conduct.details import Feedback, Finding, HandOver, Named, Release, Said
from apps.conduct.errors import NotNow
from apps.conduct.models import ConductFile
from apps.conduct.rules import Result, Step
from apps.conduct.services import identity
from apps.conduct.services.opening import accuse
from apps.conduct.services.writing import save, take
from apps.notices import services as notices
from apps.staff import queries as staff
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid


@transaction.atomic
def verify(*, file_id: UUID, version: int, note: str, by: Actor) -> ConductFile:
    """Begin to verify; the citizen's page says that somebody does."""
    held = take(file_id, version, Step.VERIFY, by)
    sealing.advance(held.case, Progress(begun_at=clock.now()))
    return save(held, by, note=note)


@transaction.atomic
def note(*, file_id: UUID, version: int, kind: str, text: str, by: Actor) -> ConductFile:
    """A line of the verification log: who was asked, what was read, where somebody went."""
    held = take(file_id, version, Step.NOTE, by)
    return save(held, by, note=text, detail=Said(kind))


@transaction.atomic
def accuse_again(
    *, file_id: UUID, version: int, accusation: Accusation, note: str, by: Actor
) -> ConductFile:
    """Correct who is meant and what is alleged; sight follows at once.

    Raises Invalid, NobodyLeft.
    """
    held = take(file_id, version, Step.ACCUSE, by)
    accuse(held.file, accusation.units, accusation.posts)
    held.file.others = accusation.others
    held.file.facts, held.file.tags = list(accusation.facts), list(accusation.tags)
    return save(held, by, note=note)


@transaction.atomic
def find(*, file_id: UUID, version: int, result: Result, text: str, by: Actor) -> ConductFile:
    """What verification found; its clock ends here."""
    held = take(file_id, version, Step.FIND, by)
    held.file.result = result
    held.file.finding = Finding(result, text, by.name, clock.now()).as_json()
    sealing.verified(held.case)
    return save(held, by, detail=Named(result))


@dataclass(frozen=True, slots=True)
class Handing:
    """A clue for discipline inspection (C-58)."""

    body: str
    what: str
    handed_on: date
    receipt: str


@transaction.atomic
def hand_over(*, file_id: UUID, version: int, given: Handing, by: Actor) -> ConductFile:
    """Put down what was handed to discipline inspection; raises Invalid for a day to come."""
    held = take(file_id, version, Step.HAND_OVER, by)
    if given.handed_on > clock.today():
        raise Invalid(errors={"handed_on": ["future"]})
    made = HandOver(given.body, given.what, given.handed_on, given.receipt, by.name)
    held.file.handed_over = [*held.file.handed_over, made.as_json()]
    return save(held, by, detail=Named(given.receipt))


@transaction.atomic
def release(*, file_id: UUID, version: int, text: str, units: list[UUID], by: Actor) -> ConductFile:
    """Give units a summary of its own words: no number, no name, nothing that leads here
    (domain.md §4.1). Raises Invalid for an unknown unit."""
    held = take(file_id, version, Step.RELEASE, by)
    known = {row["id"] for row in staff.departments()}
    if not units or not set(units) <= known:
        raise Invalid(errors={"units": ["unknown"]})
    held.file.released = Release(text, clock.now()).as_json()
    held.file.released_units = units
    for unit in units:
        notices.tell(notices.Note("releases.given", "release"), to=notices.To(unit=unit), by=by)
    return save(held, by, note=text)


@transaction.atomic
def feed_back(*, file_id: UUID, version: int, method: str, text: str, by: Actor) -> ConductFile:
    """Tell the complainant. What was substantiated is told after something was done about it;
    raises NotNow before."""
    held = take(file_id, version, Step.FEED_BACK, by)
    held.file.feedback = Feedback(method, text, clock.now()).as_json()
    sealing.advance(held.case, Progress(answered_at=clock.now(), answer=text))
    return save(held, by, note=text)


@transaction.atomic
def archive(*, file_id: UUID, version: int, note: str, by: Actor) -> ConductFile:
    """Close the file; it stays readable for its circle."""
    held = take(file_id, version, Step.ARCHIVE, by)
    held.file.archived_at = clock.now()
    sealing.advance(held.case, Progress(ended_at=clock.now()))
    return save(held, by, note=note)


@transaction.atomic
def carry_on(*, file_id: UUID, version: int, matter: Matter, by: Actor) -> CarriedOn:
    """Let the business go on as an ordinary case that knows nothing of the file.

    Raises NotNow when that was done before.
    """
    held = take(file_id, version, Step.CARRY_ON, by)
    if held.file.matter is not None:
        raise NotNow(state=held.file.state, step=Step.CARRY_ON.value)
    made = carrying_on.carry_on(matter, identity.whole(held.file), by=by)
    held.file.matter = made.case_id
    save(held, by, detail=Named(made.number))
    return made
