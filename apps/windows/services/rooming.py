"""The room for a heated moment (C-88): one slot, two officers, nobody and nothing twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from apps.staff import queries as staff
from apps.windows import parameters, permissions, rooms
from apps.windows.errors import RoomTaken
from apps.windows.models import RoomBooking, Ticket
from apps.windows.rules import RoomState
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change

BOOKING = 4104
"""Class of the advisory lock; the second part is the schema's hash."""


@dataclass(frozen=True, slots=True)
class RoomWanted:
    """Which room from when, and who comes along; `ticket` is whom it is for."""

    room: str
    start: datetime
    second: UUID
    ticket: UUID | None = None
    note: str = ""


@transaction.atomic
def book_room(given: RoomWanted, *, by: Actor) -> RoomBooking:
    """Book a room for one slot with a second officer. Raises Forbidden, Invalid, RoomTaken."""
    permissions.require(by, "rooms.book")
    if by.post_id is None:
        raise Invalid(errors={"officer": ["required"]})
    name = _second(given.second, by.post_id)
    _check(given)
    _one_at_a_time()
    end = given.start + timedelta(minutes=parameters.number("windows.room_minutes"))
    _require_free(given, end, by.post_id)
    made = RoomBooking(
        room=given.room,
        starts_at=given.start,
        ends_at=end,
        officer=by.post_id,
        officer_name=by.name,
        second=given.second,
        second_name=name,
        ticket_id=given.ticket,
        note=given.note.strip(),
    )
    made.save(force_insert=True)
    return _tell("booked", made, by)


def _second(post: UUID, own: UUID) -> str:
    """The second officer's name; somebody else of this hall."""
    names = {row["id"]: str(row["name"]) for row in staff.posts()}
    if post not in names:
        raise Invalid(errors={"second": ["unknown"]})
    if post == own:
        raise Invalid(errors={"second": ["same_person"]})
    return names[post]


def _check(given: RoomWanted) -> None:
    errors = {}
    if given.room not in parameters.codes("windows.rooms"):
        errors["room"] = ["unknown"]
    if given.start not in rooms.starts():
        errors["start"] = ["unknown"]
    if given.ticket is not None and not Ticket.objects.filter(id=given.ticket).exists():
        errors["ticket"] = ["unknown"]
    if errors:
        raise Invalid(errors=errors)


def _one_at_a_time() -> None:
    """Whoever books in this very moment waits: no constraint sees an officer on both sides of two
    bookings. The second part of the lock is the hall's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [BOOKING, here().schema_name]
        )


def _require_free(given: RoomWanted, end: datetime, own: UUID) -> None:
    """Also against slots of another length, from before the hall changed it."""
    busy = RoomBooking.objects.filter(
        state=RoomState.BOOKED, starts_at__lt=end, ends_at__gt=given.start
    )
    both = (own, given.second)
    if busy.filter(room=given.room).exists():
        raise RoomTaken(what="room")
    if busy.filter(Q(officer__in=both) | Q(second__in=both)).exists():
        raise RoomTaken(what="officer")


@transaction.atomic
def cancel_room(*, booking_id: UUID, by: Actor, version: int | None = None) -> RoomBooking:
    """Give the slot back. Raises NotFound, Stale, Forbidden."""
    permissions.require(by, "rooms.book")
    booked = RoomBooking.objects.select_for_update().filter(state=RoomState.BOOKED)
    found = booked.filter(id=booking_id).first()
    if found is None:
        raise NotFound
    if version is not None and version != found.version:
        raise Stale(current=found.version)
    found.state, found.version = RoomState.CANCELLED, found.version + 1
    found.save(update_fields=["state", "version"])
    return _tell("cancelled", found, by)


def _tell(action: str, row: RoomBooking, by: Actor) -> RoomBooking:
    audit.record(f"rooms.{action}", subject="room", subject_id=row.id, by=by)
    live.publish(("board", "reception"), Change(f"room.{action}", row.id, row.version))
    return row
