from datetime import datetime
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.windows.rules import AT_WINDOW, PriorityReason, TicketState, WindowKind, WindowState
from bancheng.kernel import clock, ids


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    return int((end - start).total_seconds()) if start and end else None


class Queue(models.Model):
    """One kind of business with its own numbers. Its row is the lock under which tickets enter
    and leave the queue, so that nobody is called twice, skipped or overtaken."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    prefix = models.CharField(max_length=2)
    name = models.CharField(max_length=40)
    position = models.SmallIntegerField(default=0)
    numbered_on = models.DateField(null=True)
    last_number = models.IntegerField(default=0)
    ordinary_in_a_row = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("prefix", name="queue_prefix")]


class Window(models.Model):
    """A counter: its state since when, the clerk who opened it, its queues in calling order."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    number = models.CharField(max_length=8)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=_choices(WindowKind))
    position = models.SmallIntegerField(default=0)
    queue_ids = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(
        max_length=10, choices=_choices(WindowState), default=WindowState.CLOSED
    )
    state_reason = models.CharField(max_length=80, default="")
    state_since = models.DateTimeField(default=clock.now)
    clerk_id = models.UUIDField(null=True)
    clerk_name = models.CharField(max_length=40, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint("number", name="window_number")]

    @property
    def clerk(self) -> dict[str, object] | None:
        """Who opened the window: post id and name, or None."""
        return {"id": self.clerk_id, "name": self.clerk_name} if self.clerk_id else None


class WindowSpan(models.Model):
    """How long a window was in one state under one clerk; closed windows have no span."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    window = models.ForeignKey(Window, models.PROTECT, db_index=False)
    state = models.CharField(max_length=10, choices=_choices(WindowState))
    clerk_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("started_at", name="window_span_started")]
        constraints = [
            models.UniqueConstraint(
                fields=["window"], condition=Q(ended_at__isnull=True), name="window_span_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="window_span_order"
            ),
        ]


class Ticket(models.Model):
    """A number of one day. `ordinal` is its place in the order of taking."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    queue = models.ForeignKey(Queue, models.PROTECT, db_index=False)
    day = models.DateField()
    ordinal = models.IntegerField()
    number = models.CharField(max_length=8)
    state = models.CharField(
        max_length=10, choices=_choices(TicketState), default=TicketState.WAITING
    )
    priority = models.BooleanField(default=False)
    priority_reason = models.CharField(max_length=12, default="", choices=_choices(PriorityReason))
    window = models.ForeignKey(Window, models.PROTECT, null=True, db_index=False)
    calls = models.SmallIntegerField(default=0)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, default="")
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                "queue",
                "day",
                "priority",
                "ordinal",
                name="ticket_waiting",
                condition=Q(state=TicketState.WAITING),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["day", "queue", "ordinal"], name="ticket_ordinal"),
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
                    state=TicketState.WAITING,
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
        ]

    @property
    def wait_seconds(self) -> int | None:
        """From taking the number to the first call (M-03)."""
        return _seconds(self.taken_at, self.called_at)

    @property
    def walk_seconds(self) -> int | None:
        """From the first call to standing at the window."""
        return _seconds(self.called_at, self.started_at)

    @property
    def service_seconds(self) -> int | None:
        """From standing at the window to being done (M-05)."""
        return _seconds(self.started_at, self.finished_at)
