"""Setting up a hall's queues and windows. Numbers that were given out keep their queue."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.windows import opening, permissions
from apps.windows.errors import AlreadyThere, PrefixInUse, StillServing
from apps.windows.models import OpeningHours, Queue, Ticket, Window
from apps.windows.rules import WindowKind
from apps.windows.services import steps
from bancheng.city.calendar.errors import CalendarRefusal
from bancheng.city.calendar.hours import Hours
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change

_QUEUE_TERMS = (
    *("prefix", "name", "group", "position", "active", "kiosk", "item_codes"),
    *("contingent", "carry_over", "slot_capacity", "lunch_shift"),
)
_WINDOW_TERMS = ("number", "name", "kind", "position", "queue_ids")


@dataclass(frozen=True, slots=True)
class Spans:
    """Opening hours as they are decided: pairs of times, and the weekdays they hold on (1 =
    Monday; empty: the hall's working days)."""

    hours: tuple[tuple[str, str], ...] = ()
    weekdays: tuple[int, ...] = ()


@transaction.atomic
def add_queue(*, prefix: str, name: str, by: Actor, **terms: Any) -> UUID:
    """A queue with its letter or two; its id. `terms` are further columns of Queue.

    Raises AlreadyThere and Invalid.
    """
    permissions.require(by, "windows.set_up")
    made = Queue(prefix=prefix, name=name, **_known(terms, _QUEUE_TERMS))
    _require_prefix(made)
    with _once(made):
        made.save(force_insert=True)
    _note("queue_added", "queue", made, by, {"prefix": prefix})
    return made.id


@transaction.atomic
def change_queue(*, queue_id: UUID, by: Actor, version: int | None = None, **terms: Any) -> Queue:
    """Change what a hall sets up about a queue; its letter only while it has no numbers.

    Raises NotFound, Stale, PrefixInUse, AlreadyThere, Invalid.
    """
    permissions.require(by, "windows.set_up")
    queue = Queue.objects.select_for_update().filter(id=queue_id).first()
    if queue is None:
        raise NotFound
    if version is not None and version != queue.version:
        raise Stale(current=queue.version)
    changed = {
        name: value
        for name, value in _known(terms, _QUEUE_TERMS).items()
        if getattr(queue, name) != value
    }
    if "prefix" in changed and Ticket.objects.filter(series=queue).exists():
        raise PrefixInUse(prefix=queue.prefix)
    for name, value in changed.items():
        setattr(queue, name, value)
    _require_prefix(queue)
    queue.version += 1
    with _once(queue):
        queue.save()
    _tell("queue_changed", "queue", queue, by, {"prefix": queue.prefix, "what": sorted(changed)})
    return queue


@transaction.atomic
def set_hours(*, queue_id: UUID, effective_from: date, spans: Spans, by: Actor) -> OpeningHours:
    """Decide a queue's hours from a day on; earlier decisions stay as history.

    Raises NotFound, and Invalid for hours that overlap or run backwards and for a day that is
    over.
    """
    permissions.require(by, "windows.set_up")
    queue = Queue.objects.select_for_update().filter(id=queue_id).first()
    if queue is None:
        raise NotFound
    if effective_from < clock.today():
        raise Invalid(errors={"from": ["past"]})
    _require_hours(spans)
    decided, _ = OpeningHours.objects.update_or_create(
        queue=queue,
        effective_from=effective_from,
        defaults={
            "hours": [list(pair) for pair in spans.hours],
            "weekdays": sorted(set(spans.weekdays)),
            "decided_by": by.name,
            "decided_at": clock.now(),
        },
    )
    detail = {"prefix": queue.prefix, "from": effective_from.isoformat(), "hours": decided.hours}
    _tell("hours_set", "queue", queue, by, detail)
    return decided


@transaction.atomic
def add_window(
    *,
    number: str,
    name: str,
    kind: WindowKind,
    queue_ids: Sequence[UUID],
    by: Actor,
    position: int = 0,
) -> UUID:
    """A closed window that will call from these queues, in this order; its id.

    Raises AlreadyThere, and Invalid for unknown or repeated queues.
    """
    permissions.require(by, "windows.set_up")
    made = Window(number=number, name=name, kind=kind, position=position, queue_ids=list(queue_ids))
    _require_window(made)
    with _once(made):
        made.save(force_insert=True)
    _note("window_added", "window", made, by, {"number": number, "kind": kind})
    return made.id


@transaction.atomic
def change_window(
    *, window_id: UUID, by: Actor, version: int | None = None, **terms: Any
) -> Window:
    """Change a window's name, kind, place, or its queues and their order; its number while nobody
    stands there. Raises NotFound, Stale, StillServing, AlreadyThere, Invalid."""
    permissions.require(by, "windows.set_up")
    window = steps.locked_window(window_id, version)
    wanted = _known(terms, _WINDOW_TERMS)
    held = steps.ticket_at(window)
    if held is not None and wanted.get("number", window.number) != window.number:
        raise StillServing(number=held.number)
    for name, value in wanted.items():
        setattr(window, name, value)
    _require_window(window)
    window.version += 1
    with _once(window):
        window.save()
    _tell("window_changed", "window", window, by, {"number": window.number, "what": sorted(wanted)})
    return window


def _known(terms: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    unknown = set(terms) - set(names)
    if unknown:
        raise TypeError(f"unknown terms: {sorted(unknown)}")
    return terms


def _require_prefix(queue: Queue) -> None:
    text = queue.prefix
    if not (text.isascii() and text.isalpha() and text.isupper() and len(text) <= 2):
        raise Invalid(errors={"prefix": ["invalid"]})
    if Queue.objects.filter(prefix=text).exclude(id=queue.id).exists():
        raise AlreadyThere(prefix=text)


def _require_window(window: Window) -> None:
    if Queue.objects.filter(id__in=window.queue_ids).count() != len(window.queue_ids):
        raise Invalid(errors={"queues": ["unknown"]})
    if Window.objects.filter(number=window.number).exclude(id=window.id).exists():
        raise AlreadyThere(number=window.number)


def _once(row: Queue | Window) -> AbstractContextManager[None]:
    """Somebody else may give the letter or the number in the same moment."""
    if isinstance(row, Queue):
        return taken("queue_prefix", AlreadyThere(prefix=row.prefix))
    return taken("window_number", AlreadyThere(number=row.number))


def _require_hours(spans: Spans) -> None:
    try:
        Hours(opening.parsed(spans.hours))
    except CalendarRefusal:
        raise Invalid(errors={"hours": ["invalid"]}) from None
    if not set(spans.weekdays) <= set(range(1, 8)):
        raise Invalid(errors={"weekdays": ["invalid"]})


def _note(
    action: str, subject: str, row: Queue | Window, by: Actor, detail: dict[str, Any]
) -> None:
    audit.record(f"windows.{action}", subject=subject, subject_id=row.id, by=by, detail=detail)


def _tell(
    action: str, subject: str, row: Queue | Window, by: Actor, detail: dict[str, Any]
) -> None:
    """A change of what pages show already; what is new is found when they are opened."""
    _note(action, subject, row, by, detail)
    live.publish(("queue", "board"), Change(f"{subject}.set_up", row.id, row.version))
