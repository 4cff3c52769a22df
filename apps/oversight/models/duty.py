from django.db import models

from apps.oversight.rules import DutyState
from bancheng.kernel import clock, ids


class DutyShift(models.Model):
    """Somebody's duty at the desk on a part of a day (C-37).

    Who is absent keeps the line, and `covered_by` names who stands in. `log` is the shift's diary.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    day = models.DateField()
    part = models.CharField(max_length=10)
    role = models.CharField(max_length=10)
    post = models.UUIDField()
    name = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=DutyState.PLANNED)
    reason = models.CharField(max_length=200, default="", blank=True)
    covered_by = models.UUIDField(null=True)
    cover_name = models.CharField(max_length=40, default="", blank=True)
    log = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "part", "role", "post"], name="duty_once")
        ]
