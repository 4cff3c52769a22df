from django.db import models
from django.db.models import Q

from apps.cases.models.case import Case
from apps.cases.models.columns import short
from apps.cases.models.sealing import OfOpenCases
from bancheng.kernel import clock, ids


class CaseEvent(models.Model):
    """One line of a case's history, numbered without gaps. Rows only come, never change."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    kind = models.CharField(max_length=48)
    at = models.DateTimeField(default=clock.now)
    actor_post = models.UUIDField(null=True)
    actor_name = short(40)
    actor_unit = short(100)
    before = short()
    after = short()
    note = models.TextField(default="", blank=True)
    data = models.JSONField(default=dict)

    objects = OfOpenCases["CaseEvent"]()
    every = models.Manager["CaseEvent"]()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="case_event_at"),
            models.Index(
                fields=["actor_post", "at"], name="case_event_reveal", condition=Q(kind="reveal")
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="case_event_seq")]
