from django.db import models

from apps.oversight.rules import CheckState
from bancheng.kernel import clock, ids


class Check(models.Model):
    """One thing to look at: a suspicion of formalism (C-80), or a reply to be judged (C-92).

    `period` is the month of a sample, else empty. `found` says what the machine saw, `judged` what
    a person made of it; `score` is 0…100 of a judged reply.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    kind = models.CharField(max_length=32)
    case = models.UUIDField()
    number = models.CharField(max_length=20)
    unit = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=100, default="", blank=True)
    period = models.CharField(max_length=7, default="", blank=True)
    found_at = models.DateTimeField(default=clock.now)
    found = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=CheckState.OPEN)
    judged = models.JSONField(null=True)
    score = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-found_at", "-id"], name="check_newest")]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "period"], name="check_once")
        ]
