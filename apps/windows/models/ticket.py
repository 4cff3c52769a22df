from django.db import models
from django.db.models import F, Q

from apps.windows import durations
from apps.windows.models.columns import choices, text
from apps.windows.models.layout import Queue, Window
from apps.windows.rules import (
    AT_WINDOW,
    UNCALLED,
    Channel,
    PriorityReason,
    TicketState,
)
from bancheng.kernel import ids


class Ticket(models.Model):
    """A number of one day. `series` is the queue that numbered it, `ordinal` its place in the
    order of taking there, `queue` where it waits now, `waits_on` the day on which it may be
    called.

    Its place in line is (`place`, `since`, id): a number that was just taken stands at its
    ordinal; whoever comes back or comes over from another queue stands behind the ordinal of
    somebody, by the moment `since` when the waiting began. Nobody else's place moves.

    The times are those of the present stay; `legs` are the stays before it, `waited_before` and
    `served_before` their seconds. `waits_from` is when the present wait began: the taking, the
    start of an appointment's slot, the return; None for a stay that nobody waited for.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    queue = models.ForeignKey(Queue, models.PROTECT, db_index=False)
    series = models.ForeignKey(Queue, models.PROTECT, related_name="numbered", db_index=False)
    day = models.DateField()
    waits_on = models.DateField()
    ordinal = models.IntegerField()
    number = models.CharField(max_length=8)
    place = models.IntegerField()
    since = models.DateTimeField()
    state = models.CharField(max_length=10, choices=choices(TicketState), default="waiting")
    channel = models.CharField(max_length=12, choices=choices(Channel), default=Channel.STAFF)
    priority = models.BooleanField(default=False)
    priority_reason = models.CharField(max_length=12, default="", choices=choices(PriorityReason))
    slot_start = models.DateTimeField(null=True)
    slot_end = models.DateTimeField(null=True)
    window = models.ForeignKey(Window, models.PROTECT, null=True, db_index=False)
    for_window = models.ForeignKey(
        Window, models.PROTECT, null=True, related_name="expected", db_index=False
    )
    for_post = models.UUIDField(null=True)
    calls = models.SmallIntegerField(default=0)
    turn_before = models.SmallIntegerField(null=True)
    returns = models.SmallIntegerField(default=0)
    taken_at = models.DateTimeField()
    waits_from = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    waited_before = models.IntegerField(default=0)
    served_before = models.IntegerField(default=0)
    legs = models.JSONField(default=list)
    matters = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, default="")
    tension = models.BooleanField(default=False)
    code = models.CharField(max_length=12, null=True)  # noqa: DJ001 - unique where given
    person_key = models.BinaryField(max_length=16, null=True)
    note = text(200)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                "queue",
                "waits_on",
                "priority",
                "place",
                "since",
                name="ticket_waiting",
                condition=Q(state=TicketState.WAITING),
            ),
            models.Index(
                "waits_on",
                name="ticket_apart",
                condition=Q(state=TicketState.WAITING)
                & (
                    Q(slot_start__isnull=False)
                    | Q(for_window__isnull=False)
                    | Q(for_post__isnull=False)
                ),
            ),
            models.Index(
                "person_key",
                "day",
                name="ticket_person",
                condition=Q(person_key__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["day", "series", "ordinal"], name="ticket_ordinal"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(code__isnull=False), name="ticket_code"
            ),
            models.UniqueConstraint(
                fields=["window"], condition=Q(state__in=AT_WINDOW), name="ticket_at_window"
            ),
            models.CheckConstraint(
                condition=Q(priority=False, priority_reason="")
                | (Q(priority=True) & ~Q(priority_reason="")),
                name="ticket_priority_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=UNCALLED,
                    window__isnull=True,
                    called_at__isnull=True,
                    started_at__isnull=True,
                )
                | (
                    ~Q(state=TicketState.WAITING)
                    & Q(window__isnull=False, called_at__gte=F("taken_at"))
                ),
                name="ticket_called_order",
            ),
            models.CheckConstraint(
                condition=Q(started_at__gte=F("called_at")), name="ticket_started_order"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__gte=F("started_at")), name="ticket_finished_order"
            ),
            models.CheckConstraint(
                condition=Q(slot_start__isnull=True, slot_end__isnull=True)
                | Q(slot_end__gt=F("slot_start")),
                name="ticket_slot_order",
            ),
        ]

    @property
    def wait_seconds(self) -> int | None:
        """All its waiting until the last call (M-03)."""
        return durations.waited(self)

    @property
    def walk_seconds(self) -> int | None:
        """From the first call of this stay to standing at the window."""
        return durations.walked(self)

    @property
    def service_seconds(self) -> int | None:
        """All its time at windows, once the last stay is over (M-05)."""
        return durations.served(self)
