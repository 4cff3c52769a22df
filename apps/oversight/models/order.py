from django.db import models
from django.db.models import Q

from apps.oversight.rules import OrderState
from bancheng.kernel import clock, ids


class Order(models.Model):
    """A supervision order (督办) about a case, or an order to put something right (整改, C-40).

    `answers` are rounds: what the unit said with its proof, and what was decided about it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    kind = models.CharField(max_length=12)
    case = models.UUIDField(null=True)
    number = models.CharField(max_length=20, default="", blank=True)
    unit = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=100)
    reason_code = models.CharField(max_length=24)
    text = models.TextField()
    wanted = models.TextField()
    due_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=OrderState.OPEN)
    issued_by = models.UUIDField(null=True)
    issuer_name = models.CharField(max_length=40)
    issued_at = models.DateTimeField(default=clock.now)
    answers = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="order_newest"),
            models.Index(fields=["unit", "-issued_at", "-id"], name="order_of_unit"),
            models.Index(fields=["case"], name="order_of_case", condition=Q(case__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="supervision") | Q(case__isnull=False),
                name="order_supervises_a_case",
            ),
        ]
