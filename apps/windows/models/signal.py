from django.db import models
from django.db.models import Q

from apps.windows.models.columns import choices, text
from apps.windows.models.layout import Queue, Window
from apps.windows.rules import OPEN_SIGNALS, SignalKind, SignalState
from bancheng.kernel import clock, ids


class Signal(models.Model):
    """Something the shift lead must answer: a suggestion to open a window, a panic button, an
    early warning (C-24). Who raised it, who answered, and what changed afterwards (`after`); a
    warning is about a person's key or about an item, and `case_id` is what it was taken up as."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    kind = models.CharField(max_length=10, choices=choices(SignalKind))
    rule = text()
    state = models.CharField(max_length=10, choices=choices(SignalState), default=SignalState.OPEN)
    at = models.DateTimeField(default=clock.now)
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, db_index=False)
    window = models.ForeignKey(Window, models.PROTECT, null=True, db_index=False)
    item_code = text()
    person_key = models.BinaryField(max_length=16, null=True)
    raised_by = text()
    decided_by = text()
    decided_at = models.DateTimeField(null=True)
    note = text(200)
    detail = models.JSONField(default=dict)
    after = models.JSONField(null=True)
    case_id = models.UUIDField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="signal_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["queue"],
                condition=Q(kind=SignalKind.SUGGESTION, state__in=OPEN_SIGNALS),
                name="signal_one_suggestion",
            ),
            models.UniqueConstraint(
                fields=["rule", "person_key"],
                condition=Q(
                    kind=SignalKind.WARNING, state=SignalState.OPEN, person_key__isnull=False
                ),
                name="signal_one_warning",
            ),
            models.UniqueConstraint(
                fields=["rule", "item_code"],
                condition=Q(kind=SignalKind.WARNING, state=SignalState.OPEN) & ~Q(item_code=""),
                name="signal_one_item",
            ),
        ]
