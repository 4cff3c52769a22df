"""The order of what happened: numbers without gaps, and a page that can catch up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connections, transaction

from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log
from bancheng.services.live.log import Change
from bancheng.services.live.models import LiveEvent

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def numbers(topic: str = "desk") -> list[int]:
    rows = LiveEvent.objects.filter(topic=topic).order_by("seq")
    return list(rows.values_list("seq", flat=True))


@pytest.mark.django_db
class TestOneWriter:
    def test_a_topic_counts_from_one(self, street: HallRef) -> None:
        with hall(street):
            given = [log.publish(["desk"], Change("case.changed")) for _ in range(3)]

            assert given == [{"desk": 1}, {"desk": 2}, {"desk": 3}]
            assert log.heads(["desk", "queue"]) == {"desk": 3, "queue": 0}

    def test_a_change_is_numbered_in_each_of_its_topics(self, street: HallRef) -> None:
        with hall(street):
            log.publish(["desk"], Change("case.changed"))

            given = log.publish(["queue", "desk", "queue"], Change("case.changed"))

            assert given == {"desk": 2, "queue": 1}

    def test_every_hall_counts_for_itself(self, street: HallRef, other_street: HallRef) -> None:
        with hall(street):
            log.publish(["desk"], Change("case.changed"))
        with hall(other_street):
            assert log.heads(["desk"]) == {"desk": 0}
            assert log.publish(["desk"], Change("case.changed")) == {"desk": 1}

    def test_a_frame_holds_what_was_published(self, street: HallRef) -> None:
        change = Change("case.signed", UUID(int=5), 7, {"state": "signed"}, "王", "c-1")

        with hall(street), clock.frozen(AT):
            log.publish(["desk"], change)
            frames = log.since("desk", 0)

        assert frames == [
            {
                "t": "ev",
                "topic": "desk",
                "seq": 1,
                "at": "2026-11-23T01:00:00+00:00",
                "kind": "case.signed",
                "ref": "00000000-0000-0000-0000-000000000005",
                "version": 7,
                "data": {"state": "signed"},
                "actor": "王",
                "cid": "c-1",
            }
        ]

    def test_what_was_rolled_back_leaves_no_number(self, street: HallRef) -> None:
        with hall(street):
            log.publish(["desk"], Change("case.changed"))
            with transaction.atomic():
                log.publish(["desk"], Change("case.changed"))
                transaction.set_rollback(True)
            log.publish(["desk"], Change("case.changed"))

            assert numbers() == [1, 2]

    def test_a_page_reads_what_it_missed(self, street: HallRef) -> None:
        with hall(street):
            for _ in range(5):
                log.publish(["desk"], Change("case.changed"))

            missed = log.since("desk", 3)
            nothing = log.since("desk", 5)
            never = log.since("queue", 0)

        assert missed is not None
        assert ([frame["seq"] for frame in missed], nothing, never) == ([4, 5], [], [])

    @pytest.mark.parametrize("after", [6, 99])
    def test_a_page_ahead_of_the_log_is_reset(self, street: HallRef, after: int) -> None:
        """As after a restored backup."""
        with hall(street):
            for _ in range(5):
                log.publish(["desk"], Change("case.changed"))

            assert log.since("desk", after) is None

    def test_more_than_500_missed_events_are_a_reset(self, street: HallRef) -> None:
        with hall(street):
            for _ in range(501):
                log.publish(["desk"], Change("case.changed"))

            assert log.since("desk", 0) is None
            assert len(log.since("desk", 1) or []) == 500

    def test_events_are_kept_for_a_day_and_then_reset_a_page(self, street: HallRef) -> None:
        with hall(street):
            for hours in (25, 24, 0):
                with clock.frozen(AT - timedelta(hours=hours)):
                    log.publish(["desk"], Change("case.changed"))

            with clock.frozen(AT):
                assert log.forget() == 1

            assert numbers() == [2, 3]
            assert log.since("desk", 0) is None
            assert [frame["seq"] for frame in log.since("desk", 1) or []] == [2, 3]

    def test_a_forgotten_topic_goes_on_counting(self, street: HallRef) -> None:
        with hall(street):
            with clock.frozen(AT - timedelta(days=3)):
                log.publish(["desk"], Change("case.changed"))
            log.forget()

            assert log.since("desk", 1) == []
            assert log.since("desk", 0) is None
            assert log.publish(["desk"], Change("case.changed")) == {"desk": 2}

    def test_nothing_is_published_outside_of_a_hall(self, street: HallRef) -> None:
        with pytest.raises(ProgrammingError), transaction.atomic():
            log.publish(["desk"], Change("case.changed"))


@pytest.mark.usefixtures("committed")
def test_writers_at_once_leave_no_gap_and_no_number_twice(street: HallRef) -> None:
    """Every third transaction rolls back; topics are named in both orders."""

    def write(writer: int) -> list[int]:
        given = []
        try:
            with hall(street):
                for turn in range(12):
                    topics = ["desk", "queue"] if (writer + turn) % 2 else ["queue", "desk"]
                    try:
                        with transaction.atomic():
                            seqs = log.publish(topics, Change("case.changed", ref=writer))
                            if turn % 3 == 2:
                                raise ZeroDivisionError
                        given.append(seqs["desk"])
                    except ZeroDivisionError:
                        pass
        finally:
            connections.close_all()
        return given

    with ThreadPoolExecutor(8) as pool:
        given = [seq for seqs in pool.map(write, range(8)) for seq in seqs]

    with hall(street):
        assert sorted(given) == numbers("desk") == numbers("queue") == [*range(1, 65)]
        assert log.heads(["desk", "queue"]) == {"desk": 64, "queue": 64}
