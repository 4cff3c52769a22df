from django.db import models
from django.db.models import F, Q

from apps.windows.models.columns import choices, text
from apps.windows.models.ticket import Ticket
from apps.windows.rules import Room, RoomState
from bancheng.kernel import clock, ids


class RoomBooking(models.Model):
    """The quiet or the mediation room for one slot, always with a second officer (C-88). Neither
    the room nor an officer is booked twice for a slot. It is in no figure that leaves the hall."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    room = models.CharField(max_length=10, choices=choices(Room))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=choices(RoomState), default=RoomState.BOOKED)
    officer = models.UUIDField()
    officer_name = text()
    second = models.UUIDField()
    second_name = text()
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, db_index=False)
    note = text(200)
    booked_at = models.DateTimeField(default=clock.now)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["starts_at", "room"],
                condition=Q(state=RoomState.BOOKED),
                name="room_once",
            ),
            models.UniqueConstraint(
                fields=["starts_at", "second"],
                condition=Q(state=RoomState.BOOKED),
                name="room_second_once",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="room_order"),
            models.CheckConstraint(condition=~Q(second=F("officer")), name="room_two_people"),
        ]
