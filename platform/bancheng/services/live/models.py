from django.db import models


class LiveTopic(models.Model):
    """The newest sequence number of a topic; its row is the lock that orders writers."""

    topic = models.TextField(primary_key=True)
    seq = models.BigIntegerField()


class LiveEvent(models.Model):
    """One hint: number `seq` of its topic, without gaps."""

    pk = models.CompositePrimaryKey("topic", "seq")
    topic = models.TextField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.TextField()
    ref = models.TextField(default="")
    version = models.IntegerField(null=True)
    data = models.JSONField(default=dict)
    actor = models.TextField(default="")
    cid = models.TextField(default="")

    class Meta:
        indexes = [models.Index("at", name="live_event_at")]
