from django.db import models
from django.db.models import Q

from bancheng.kernel import clock, ids


class Notice(models.Model):
    """One line of one post's list. Its words are made by `kind` where it is read: `params` holds
    codes, numbers and names of units, never text about a person. One that came of a step which can
    be taken back names the version that the step gave its subject (`of_version`)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    post = models.UUIDField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=20)
    subject_id = models.UUIDField(null=True)
    number = models.CharField(max_length=20, default="", blank=True)
    params = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    of_version = models.IntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "-at", "-id"], name="notice_of_post"),
            models.Index(fields=["post"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]
