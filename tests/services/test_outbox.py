"""Facts reach their handlers: never early, never lost, and one bad one holds up nobody."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event as Signal
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import connections, transaction

from apps.staff.models import Department
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.outbox import events, queue
from bancheng.services.outbox.events import Event
from bancheng.services.outbox.models import OutboxMessage

TOPIC = "tests.thing_happened"
THING = UUID(int=7)
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LIMIT = 10


@dataclass(frozen=True, slots=True)
class ThingHappened(Event):
    topic: ClassVar[str] = TOPIC
    name: str
    thing: UUID = THING
    on: date = date(2026, 11, 23)


class Hearing:
    """A handler that keeps what it was told; names in `failing` make it fail."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, UUID]] = []
        self.failing: set[str] = set()

    def __call__(self, payload: Mapping[str, Any], message: UUID) -> None:
        Department.objects.create(name=payload["name"])
        if payload["name"] in self.failing:
            raise RuntimeError(f"no way with {payload['name']}")
        self.heard.append((payload["name"], message))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.heard]


@pytest.fixture
def hearing(monkeypatch: pytest.MonkeyPatch) -> Hearing:
    made = Hearing()
    monkeypatch.setitem(events.handlers, TOPIC, [made])
    return made


@pytest.fixture
def inside(street: HallRef, db: None) -> Iterator[HallRef]:
    with hall(street):
        yield street


def departments() -> list[str]:
    return list(Department.objects.order_by("name").values_list("name", flat=True))


def test_an_event_waits_in_plain_json(inside: HallRef) -> None:
    queue.publish(ThingHappened("甲"))

    message = OutboxMessage.objects.get()
    assert (message.topic, message.done_at, message.attempts) == (TOPIC, None, 0)
    assert message.payload == {
        "name": "甲",
        "thing": "00000000-0000-0000-0000-000000000007",
        "on": "2026-11-23",
    }


def test_an_event_of_a_change_that_was_undone_never_was(inside: HallRef, hearing: Hearing) -> None:
    with transaction.atomic():
        queue.publish(ThingHappened("甲"))
        transaction.set_rollback(True)

    assert (queue.drain(), hearing.heard, OutboxMessage.objects.count()) == (0, [], 0)


def test_handlers_hear_every_event_once_in_order(inside: HallRef, hearing: Hearing) -> None:
    for name in "甲乙丙":
        queue.publish(ThingHappened(name))
    ids = dict(OutboxMessage.objects.values_list("payload__name", "id"))

    assert (queue.drain(), queue.drain()) == (3, 0)
    assert hearing.heard == [(name, ids[name]) for name in "甲乙丙"]
    assert OutboxMessage.objects.filter(done_at__isnull=True).count() == 0


def test_a_drain_stops_at_its_limit(inside: HallRef, hearing: Hearing) -> None:
    for name in "甲乙丙":
        queue.publish(ThingHappened(name))

    assert (queue.drain(limit=2), hearing.names) == (2, ["甲", "乙"])


def test_an_event_that_nobody_waits_for_is_done(inside: HallRef) -> None:
    queue.publish(ThingHappened("甲"))

    assert queue.drain() == 1
    assert OutboxMessage.objects.get().done_at is not None


def test_another_halls_events_are_left_alone(
    inside: HallRef, other_street: HallRef, hearing: Hearing
) -> None:
    queue.publish(ThingHappened("甲"))

    with hall(other_street):
        assert (queue.drain(), hearing.heard) == (0, [])


def test_a_failing_event_undoes_its_own_effects_and_holds_up_nobody(
    inside: HallRef, hearing: Hearing
) -> None:
    hearing.failing = {"乙"}
    for name in "甲乙丙":
        queue.publish(ThingHappened(name))

    queue.drain()

    assert hearing.names == ["甲", "丙"]
    assert departments() == ["丙", "甲"]
    failed = OutboxMessage.objects.get(done_at__isnull=True)
    assert (failed.payload["name"], failed.attempts) == ("乙", 1)
    assert failed.error == "RuntimeError: no way with 乙"


def test_a_failing_event_is_tried_again_after_longer_and_longer_waits(
    inside: HallRef, hearing: Hearing
) -> None:
    """5 s doubled each time, at most 30 minutes."""
    hearing.failing = {"甲"}
    with clock.frozen(AT):
        queue.publish(ThingHappened("甲"))

    at, waits = AT, []
    for _ in range(12):
        with clock.frozen(at):
            assert queue.drain() == 1
            assert queue.drain() == 0
        due = OutboxMessage.objects.get().next_at
        waits.append(int((due - at).total_seconds()))
        at = due

    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800, 1800]

    hearing.failing = set()
    with clock.frozen(at - timedelta(seconds=1)):
        assert queue.drain() == 0
    with clock.frozen(at):
        assert queue.drain() == 1
    assert hearing.names == ["甲"]


def test_a_database_error_in_a_handler_is_a_failure_like_any_other(
    inside: HallRef, hearing: Hearing
) -> None:
    Department.objects.create(name="甲")
    queue.publish(ThingHappened("甲"))
    queue.publish(ThingHappened("乙"))

    assert queue.drain() == 2
    assert hearing.names == ["乙"]
    assert OutboxMessage.objects.get(done_at__isnull=True).error.startswith("IntegrityError: ")


def test_a_handler_that_runs_twice_can_tell_by_the_message_id(
    inside: HallRef, hearing: Hearing
) -> None:
    queue.publish(ThingHappened("甲"))
    queue.drain()
    Department.objects.all().delete()
    OutboxMessage.objects.update(done_at=None)

    queue.drain()

    (first, second) = hearing.heard
    assert first == second


def test_done_events_are_kept_for_a_week_and_waiting_ones_for_good(
    inside: HallRef, hearing: Hearing
) -> None:
    hearing.failing = {"waits"}
    for name, days in (("old", 8), ("new", 7), ("waits", 90)):
        with clock.frozen(AT - timedelta(days=days)):
            queue.publish(ThingHappened(name))
            queue.drain()

    with clock.frozen(AT):
        assert queue.forget() == 1

    assert sorted(OutboxMessage.objects.values_list("payload__name", flat=True)) == ["new", "waits"]


@pytest.mark.usefixtures("committed")
def test_two_drains_at_once_share_the_work(
    street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, go_on = Signal(), Signal()
    heard: list[str] = []

    def slowly(payload: Mapping[str, Any], _: UUID) -> None:
        heard.append(payload["name"])
        if payload["name"] == "甲":
            held.set()
            assert go_on.wait(LIMIT)

    def drain() -> int:
        try:
            with hall(street):
                return queue.drain()
        finally:
            connections.close_all()

    monkeypatch.setitem(events.handlers, TOPIC, [slowly])
    with hall(street):
        OutboxMessage.objects.bulk_create(
            OutboxMessage(topic=TOPIC, payload={"name": name}) for name in "甲乙丙丁"
        )

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(drain)
        assert held.wait(LIMIT)
        second = pool.submit(drain).result(LIMIT)
        go_on.set()
        shared = (first.result(LIMIT), second)

    assert (shared, sorted(heard)) == ((1, 3), sorted("甲乙丙丁"))
    with hall(street):
        assert OutboxMessage.objects.filter(done_at__isnull=True).count() == 0
