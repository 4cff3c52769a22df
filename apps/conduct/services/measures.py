"""What follows for somebody, and their say in it (C-59)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.conduct import permissions
from apps.conduct.details import Named, Word
from apps.conduct.errors import NotNow, NotYours
from apps.conduct.models import ConductFile, Measure
from apps.conduct.rules import MeasureKind, Step
from apps.conduct.services import circle
from apps.conduct.services.writing import Held, hold, save, take, tell
from apps.notices import services as notices
from apps.staff import permissions as staff
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """About a post of this hall, or about somebody in words. `served`: the person has been told."""

    kind: MeasureKind
    text: str
    post: UUID | None = None
    subject: str = ""
    points: int | None = None
    served: bool = False


@transaction.atomic
def decide(*, file_id: UUID, version: int, given: NewMeasure, by: Actor) -> ConductFile:
    """Put a measure down; raises Invalid without a subject."""
    held = take(file_id, version, Step.MEASURE, by)
    names = {one.id: one.name for one in circle.people()}
    subject = names.get(given.post, "") if given.post else given.subject.strip()
    if not subject:
        raise Invalid(errors={"subject": ["required"]})
    made = Measure.objects.create(
        file=held.file,
        kind=given.kind,
        post=given.post,
        subject=subject,
        text=given.text,
        points=given.points,
        decided_by=by.post_id,
        decided_by_name=by.name,
        served_at=clock.now() if given.served else None,
    )
    _told(made, by)
    return save(held, by, note=given.text, detail=Named(given.kind))


@transaction.atomic
def serve(*, measure_id: UUID, version: int, by: Actor) -> Measure:
    """Tell the person: from now on it stands among their own, and they may appeal."""
    held, measure = _of_circle(measure_id, version, by)
    staff.require(by, "conduct.decide")
    if measure.served_at is not None:
        raise NotNow(state="served", step="serve")
    measure.served_at = clock.now()
    _told(measure, by)
    return _saved(held, measure, "measure_served", by)


@transaction.atomic
def appeal(*, measure_id: UUID, version: int, text: str, by: Actor) -> Measure:
    """The person's own say, once; raises NotFound for somebody else's measure, NotNow."""
    mine = Measure.objects.select_for_update().filter(
        id=measure_id, post=by.post_id, served_at__isnull=False
    )
    measure = mine.order_by("id").first()
    if by.post_id is None or measure is None:
        raise NotFound
    if measure.version != version:
        raise Stale(current=measure.version)
    if measure.appeal is not None:
        raise NotNow(state="appealed", step="appeal")
    measure.appeal = Word(text, by.name, clock.now()).as_json()
    measure.version += 1
    measure.save(force_update=True)
    audit.record("conduct.appealed", subject="measure", subject_id=measure.id, by=by, sealed=True)
    return measure


@transaction.atomic
def decide_appeal(
    *, measure_id: UUID, version: int, decision: str, text: str, by: Actor
) -> Measure:
    """Uphold or lift; by somebody who did not decide the measure. Raises NotYours, NotNow."""
    held, measure = _of_circle(measure_id, version, by)
    staff.require(by, "conduct.decide")
    if by.post_id == measure.decided_by:
        raise NotYours
    if measure.appeal is None or measure.appeal_decision is not None:
        raise NotNow(state="appeal", step="appeal-decision")
    measure.appeal_decision = Word(text, by.name, clock.now(), decision).as_json()
    return _saved(held, measure, "appeal_decided", by)


def _told(measure: Measure, by: Actor) -> None:
    """A line under the person's own bell, once they are to know; it leads to their own page."""
    if measure.served_at is not None and measure.post is not None:
        note = notices.Note("measures.served", "measure", measure.id)
        notices.tell(note, to=notices.To(posts=[measure.post]), by=by)


def _of_circle(measure_id: UUID, version: int, by: Actor) -> tuple[Held, Measure]:
    seen = Measure.objects.filter(id=measure_id, file__in=permissions.visible_to(by))
    file_id = seen.values_list("file_id", flat=True).first()
    if file_id is None:
        raise NotFound
    held = hold(file_id, Step.NOTE, by)
    measure = Measure.objects.select_for_update().get(id=measure_id)
    if measure.version != version:
        raise Stale(current=measure.version)
    return held, measure


def _saved(held: Held, measure: Measure, word: str, by: Actor) -> Measure:
    measure.version += 1
    measure.save(force_update=True)
    tell(held, word, by, detail=Named(measure.kind))
    return measure
