from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.windows.models.columns import choices, text
from apps.windows.rules import WindowKind, WindowState
from bancheng.kernel import clock, ids


class Queue(models.Model):
    """One kind of business with its own numbers, below a group on the kiosk. Its row is the lock
    under which tickets enter and leave the queue, so that nobody is called twice, skipped or
    overtaken. `version` moves with what the hall sets up, not with the numbers.

    `contingent` limits the numbers of a day; `slot_capacity` is how many may book one slot of an
    appointment, 0 for none; `lunch_shift` moves the hall's midday break by so many minutes.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    prefix = models.CharField(max_length=2)
    name = models.CharField(max_length=40)
    group = text()
    position = models.SmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    kiosk = models.BooleanField(default=True)
    item_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    contingent = models.SmallIntegerField(null=True)
    carry_over = models.BooleanField(default=False)
    slot_capacity = models.SmallIntegerField(default=0)
    lunch_shift = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=1)
    numbered_on = models.DateField(null=True)
    last_number = models.IntegerField(default=0)
    ordinary_in_a_row = models.SmallIntegerField(default=0)
    hours: list[list[str]]
    """Today's, where a query was asked for them; not kept here."""

    class Meta:
        constraints = [
            models.UniqueConstraint("prefix", name="queue_prefix"),
            models.CheckConstraint(
                condition=Q(contingent__isnull=True) | Q(contingent__gte=0), name="queue_contingent"
            ),
            models.CheckConstraint(condition=Q(slot_capacity__gte=0), name="queue_slots"),
        ]


class OpeningHours(models.Model):
    """From which day on a queue keeps which hours; the older rows are the history.

    Without a row, or with an empty list, the queue keeps the hall's hours (domain.md §3.7).
    `weekdays` (1 = Monday) are the days it opens on; empty means the hall's working days: a
    weekend's opening is the hall's decision and makes no working day (§3.8 item 5).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    queue = models.ForeignKey(Queue, models.PROTECT, db_index=False)
    effective_from = models.DateField()
    hours = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    decided_by = text()
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "effective_from"], name="opening_hours_once")
        ]


class Window(models.Model):
    """A counter: its state since when, the clerk who opened it, its queues in calling order."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    number = models.CharField(max_length=8)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=choices(WindowKind))
    position = models.SmallIntegerField(default=0)
    queue_ids = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(
        max_length=10, choices=choices(WindowState), default=WindowState.CLOSED
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
    state = models.CharField(max_length=10, choices=choices(WindowState))
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
