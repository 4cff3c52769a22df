from django.db import models

from bancheng.kernel import clock, ids


class OutboxMessage(models.Model):
    """One event of this schema, waiting for its handler or done."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    topic = models.TextField()
    payload = models.JSONField()
    created_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(default=clock.now)
    attempts = models.SmallIntegerField(default=0)
    error = models.TextField(default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                "next_at", "id", name="outbox_waiting", condition=models.Q(done_at__isnull=True)
            )
        ]
