"""A room for a heated moment, booked by several at once; and every lock by its own number."""

from collections.abc import Callable

import pytest

from apps.windows.errors import RoomTaken
from apps.windows.models import RoomBooking
from apps.windows.services import RoomWanted, book_room, rooming, shifts
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.concurrency.test_calling import all_at_once
from tests.support.counters import MORNING
from tests.support.people import staff_in

pytestmark = pytest.mark.usefixtures("committed")


def test_an_officer_never_sits_in_two_rooms(street: HallRef) -> None:
    """C-88: each of five books both rooms with each of the others, all in the same moment."""
    people = [staff_in(street, Role.DESK_OFFICER) for _ in range(5)]
    turns = [_books_with(one, [two for two in people if two is not one]) for one in people]

    all_at_once(street, turns)

    with hall(street):
        sitting = [
            post for pair in RoomBooking.objects.values_list("officer", "second") for post in pair
        ]
    assert len(sitting) == 4
    assert len(set(sitting)) == 4


def _books_with(one: Actor, others: list[Actor]) -> Callable[[], None]:
    def act() -> None:
        with clock.frozen(MORNING):
            for room in ("quiet", "mediation"):
                for other in others:
                    assert other.post_id is not None
                    try:
                        book_room(RoomWanted(room, MORNING, other.post_id), by=one)
                    except RoomTaken:
                        continue

    return act


def test_no_two_kinds_of_lock_are_one() -> None:
    """Two classes with one number would hold each other up in the same hall."""
    classes = [*chain._LOCKS.values(), shifts.HELD_DAYS, rooming.BOOKING]
    assert len(set(classes)) == len(classes)
