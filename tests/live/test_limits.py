"""20 messages in 10 seconds per socket, 6 sockets per person (security.md §2.3)."""

from contextlib import ExitStack
from uuid import UUID

from bancheng.config.live.buckets import Bucket, Places

ANNA, BEN = UUID(int=1), UUID(int=2)


def test_twenty_messages_at_once_are_taken_and_no_more() -> None:
    bucket = Bucket(now=100.0)

    assert [bucket.take(100.0) for _ in range(21)] == [True] * 20 + [False]


def test_two_messages_more_every_second() -> None:
    bucket = Bucket(now=100.0)
    for _ in range(20):
        bucket.take(100.0)

    assert [bucket.take(101.0) for _ in range(3)] == [True, True, False]


def test_silence_saves_up_no_more_than_twenty() -> None:
    bucket = Bucket(now=100.0)

    assert [bucket.take(9_999.0) for _ in range(21)] == [True] * 20 + [False]


def test_a_seventh_socket_finds_no_place_until_one_is_free() -> None:
    places = Places()
    with ExitStack() as held:
        first = ExitStack()
        taken = [first.enter_context(places.one("h_a", ANNA))]
        taken += [held.enter_context(places.one("h_a", ANNA)) for _ in range(6)]
        other = [
            held.enter_context(places.one("h_a", BEN)),
            held.enter_context(places.one("h_b", ANNA)),
        ]
        first.close()
        again = held.enter_context(places.one("h_a", ANNA))

    assert taken == [True] * 6 + [False]
    assert other == [True, True]
    assert again is True
