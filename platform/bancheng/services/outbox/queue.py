"""Publishing in the transaction, draining after it (security.md §5.2)."""

import json
import logging
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from bancheng.kernel import clock, poke
from bancheng.kernel.database import records
from bancheng.services.outbox.events import Event, handlers
from bancheng.services.outbox.models import OutboxMessage

log = logging.getLogger(__name__)
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=30)
_KEEP = timedelta(days=7)


def publish(event: Event) -> None:
    """Write the event beside the change it tells of; handlers hear of it after the commit."""
    payload: dict[str, Any] = json.loads(json.dumps(asdict(event), cls=DjangoJSONEncoder))
    records.insert([OutboxMessage(topic=event.topic, payload=payload)])
    poke.after_commit("outbox.drain")


def drain(limit: int = 200) -> int:
    """Handle waiting messages of the current schema, oldest first; the number handled.

    Two drains share the work (SKIP LOCKED). A failing message waits longer each time and does
    not hold up the others.
    """
    handled = 0
    while handled < limit and _handle_next():
        handled += 1
    return handled


@transaction.atomic
def _handle_next() -> bool:
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(done_at__isnull=True, next_at__lte=clock.now())
        .order_by("next_at", "id")
        .first()
    )
    if message is None:
        return False
    try:
        with transaction.atomic():
            for run in handlers.get(message.topic, []):
                run(message.payload, message.id)
        message.done_at = clock.now()
    except Exception as error:
        log.exception("outbox message %s (%s) failed", message.id, message.topic)
        message.attempts += 1
        message.error = f"{type(error).__name__}: {error}"[:500]
        wait = min(_FIRST_WAIT * 2 ** min(message.attempts - 1, 10), _LONGEST_WAIT)
        message.next_at = clock.now() + wait
    message.save(update_fields=["done_at", "attempts", "error", "next_at"])
    return True


def forget() -> int:
    """Delete messages done more than a week ago; the number deleted."""
    old = OutboxMessage.objects.filter(done_at__lt=clock.now() - _KEEP)
    return old.delete()[0]
