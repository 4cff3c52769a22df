from django.db import models

from bancheng.kernel import clock


class IdempotencyKey(models.Model):
    """A key used by an actor (`owner`), what it was used for, and the answer given."""

    pk = models.CompositePrimaryKey("owner", "key")
    owner = models.UUIDField()
    key = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32)
    status = models.SmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(default=clock.now)
