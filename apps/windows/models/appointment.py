from django.db import models
from django.db.models import F, Q

from apps.windows.models.columns import choices, text
from apps.windows.models.layout import Queue
from apps.windows.models.ticket import Ticket
from apps.windows.rules import HOLDS_A_SLOT, AppointmentState
from bancheng.kernel import clock, ids


class Appointment(models.Model):
    """A place in a slot of one queue (domain.md §3.7): name and phone sealed, masked, findable;
    `code` is the citizen's receipt. One per person and day. What is sealed is let go with
    `person_key` once the days of keeping are over."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    queue = models.ForeignKey(Queue, models.PROTECT, db_index=False)
    day = models.DateField()
    slot_start = models.DateTimeField()
    slot_end = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=choices(AppointmentState), default=AppointmentState.BOOKED
    )
    code = models.CharField(max_length=12)
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    name_mask = text()
    phone_mask = text()
    person_key = models.BinaryField(max_length=16, null=True)
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True)
    booked_at = models.DateTimeField(default=clock.now)
    booked_by = text()
    ended_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index("day", "queue", "slot_start", name="appointment_day")]
        constraints = [
            models.UniqueConstraint("code", name="appointment_code"),
            models.UniqueConstraint(
                fields=["person_key", "day"],
                condition=Q(state__in=HOLDS_A_SLOT, person_key__isnull=False),
                name="appointment_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(slot_end__gt=F("slot_start")), name="appointment_order"
            ),
        ]
