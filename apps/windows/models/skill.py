from django.db import models
from django.db.models import Q

from apps.windows.models.columns import text
from apps.windows.models.layout import Queue
from bancheng.kernel import clock, ids


class Skill(models.Model):
    """What somebody was trained and tested for: one kind of business or one service item (C-67,
    一专多能), when the test was, how it went and what the record says. A test that was not passed
    is kept and counts as no skill; an ended one stays readable."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    post_id = models.UUIDField()
    post_name = text()
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, db_index=False)
    item_code = text()
    tested_on = models.DateField()
    passed = models.BooleanField()
    score = text(20)
    record = text(200)
    recorded_by = text()
    recorded_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(queue__isnull=False, item_code="")
                | (Q(queue__isnull=True) & ~Q(item_code="")),
                name="skill_of_one_thing",
            )
        ]
