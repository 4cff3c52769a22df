"""Setting up a hall's queues and windows."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.windows import permissions
from apps.windows.errors import AlreadyThere
from apps.windows.models import Queue, Window
from apps.windows.rules import WindowKind
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit


@transaction.atomic
def add_queue(*, prefix: str, name: str, by: Actor, position: int = 0) -> UUID:
    """A queue with its letter or two; its id. Raises AlreadyThere and Invalid."""
    permissions.require(by, "windows.set_up")
    if not (prefix.isascii() and prefix.isalpha() and prefix.isupper() and len(prefix) <= 2):
        raise Invalid(errors={"prefix": ["invalid"]})
    if Queue.objects.filter(prefix=prefix).exists():
        raise AlreadyThere(prefix=prefix)
    made = Queue.objects.create(prefix=prefix, name=name, position=position)
    detail = {"prefix": prefix}
    audit.record("windows.queue_added", subject="queue", subject_id=made.id, by=by, detail=detail)
    return made.id


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
    if Queue.objects.filter(id__in=queue_ids).count() != len(queue_ids):
        raise Invalid(errors={"queues": ["unknown"]})
    if Window.objects.filter(number=number).exists():
        raise AlreadyThere(number=number)
    made = Window.objects.create(
        number=number, name=name, kind=kind, position=position, queue_ids=list(queue_ids)
    )
    detail = {"number": number, "kind": kind}
    audit.record("windows.window_added", subject="window", subject_id=made.id, by=by, detail=detail)
    return made.id
