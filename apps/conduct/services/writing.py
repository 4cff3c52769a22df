"""The one way a file changes: locked, permitted, ruled, saved, told to its circle alone."""

from dataclasses import dataclass
from uuid import UUID

from apps.cases.details import Detail
from apps.cases.services import sealing
from apps.conduct import permissions
from apps.conduct.errors import NobodyLeft, NotNow
from apps.conduct.models import ConductFile
from apps.conduct.rules import State, Step, after, steps_from
from apps.conduct.services import circle
from apps.notices import services as notices
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

_ABOUT_PEOPLE = frozenset({Step.ACCUSE, Step.APPOINT, Step.RECUSE})


@dataclass(frozen=True, slots=True)
class Held:
    """A locked file with its sealed case."""

    file: ConductFile
    case: sealing.Case
    step: Step


def take(file_id: UUID, version: int, step: Step, by: Actor) -> Held:
    """The file, locked for a step the actor may take.

    Raises NotFound (also when not in its circle), Stale, Forbidden, NotNow.
    """
    held = hold(file_id, step, by)
    if held.file.version != version:
        raise Stale(current=held.file.version)
    permissions.require_step(by, step)
    if step not in steps_from(State(held.file.state), held.file.result):
        raise NotNow(state=held.file.state, step=step.value)
    return held


def hold(file_id: UUID, step: Step, by: Actor) -> Held:
    """A visible file, its case locked before it; raises NotFound."""
    known = permissions.visible_to(by).filter(id=file_id).values_list("case_id", flat=True).first()
    if known is None:
        raise NotFound
    case = sealing.locked(known)
    file = permissions.visible_to(by).filter(id=file_id).first()
    if file is None:
        raise NotFound
    return Held(file, case, step)


def save(
    held: Held, by: Actor, *, note: str = "", detail: Detail | None = None, kind: str = ""
) -> ConductFile:
    """Store a changed file with its line of history, and tell its circle. Call it last.

    Raises NobodyLeft when the change leaves nobody who may decide.
    """
    file, step = held.file, held.step
    file.state = after(State(file.state), step)
    file.version += 1
    file.save(force_update=True)
    if step in _ABOUT_PEOPLE:
        _encircle(held)
    word = kind or step.value
    sealing.put_down(held.case, f"conduct.{word}", by, note=note, detail=detail)
    tell(held, word, by)
    return file


def _encircle(held: Held) -> None:
    everybody = circle.people()
    fit = circle.of(held.file, everybody)
    if not circle.decided_by_somebody(fit, everybody):
        raise NobodyLeft
    sealing.encircle(held.case, fit)
    live.publish([live.PEOPLE], live.Change("conduct_circles"))


def tell(held: Held, word: str, by: Actor, *, detail: Detail | None = None) -> None:
    """The sealed files' own audit chain; a line under the bells, and a hint on the topics, of
    those who may know."""
    file, posts = held.file, held.case.circle
    said = {"state": file.state, "version": file.version} | (detail.as_json() if detail else {})
    audit.record(
        f"conduct.{word}", subject="conduct", subject_id=file.id, by=by, detail=said, sealed=True
    )
    note = notices.Note(f"conduct.{word}", "conduct", file.id, file.number)
    notices.tell(note, to=notices.To(posts=posts), by=by)
    topics = [f"conduct:{post}" for post in posts]
    if topics:
        live.publish(topics, live.Change(f"conduct.{word}", file.id, file.version))
