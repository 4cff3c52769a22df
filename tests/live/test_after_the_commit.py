"""What one transaction tells Valkey: in one message, once, and never what was rolled back (W1)."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from redis.client import PubSub

from bancheng.city.rollups import marks
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock, names, poke
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import hints, log
from bancheng.services.live.log import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(street: HallRef) -> Iterator[PubSub]:
    """An ear on the hall's channel; nobody's marks."""
    hints.valkey().delete(marks._KEY)
    with hints.valkey().pubsub() as ear:
        ear.subscribe(names.live_channel(street.schema_name))
        assert ear.get_message(timeout=5)["type"] == "subscribe"
        yield ear


def kinds(ear: PubSub) -> list[str]:
    """The hints that were heard until now."""
    (channel,) = ear.channels
    hints.valkey().publish(channel, "null")
    said = (json.loads(ear.get_message(timeout=5)["data"]) for _ in range(100))
    return [hint["frame"]["kind"] for hint in iter(lambda: next(said), None)]


def test_marks_and_hints_leave_together(
    street: HallRef, heard: PubSub, django_capture_on_commit_callbacks: Any
) -> None:
    capture = partial(django_capture_on_commit_callbacks, execute=True)
    with hall(street), capture() as left, transaction.atomic():
        rollups.mark_dirty(clock.today())
        log.publish(["desk", "board"], Change("first"))
        log.publish(["desk"], Change("second"))

    assert len(left) == 1
    assert kinds(heard) == ["first", "first", "second"]
    assert marks.take(10) == [(street.id, clock.today())]


def test_what_is_rolled_back_is_never_said(
    street: HallRef, heard: PubSub, django_capture_on_commit_callbacks: Any
) -> None:
    with hall(street), django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        log.publish(["desk"], Change("kept"))
        with pytest.raises(ZeroDivisionError):
            _undone()

    assert kinds(heard) == ["kept"]


@transaction.atomic
def _undone() -> None:
    log.publish(["desk"], Change("undone"))
    raise ZeroDivisionError


def test_a_task_is_poked_once_for_a_transaction(
    street: HallRef, django_capture_on_commit_callbacks: Any
) -> None:
    with hall(street), django_capture_on_commit_callbacks() as left, transaction.atomic():
        for task in ("outbox.drain", "outbox.drain", "another"):
            poke.after_commit(task)

    assert [run.args for run in left if isinstance(run, partial)] == [
        ("outbox.drain",),
        ("another",),
    ]
