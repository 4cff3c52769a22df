"""The tables of this app: pieces of work of every kind, meetings, numbers without gaps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bancheng.kernel import clock, ids


class WorkItem(models.Model):
    """One piece of work under a case. Its `data` is the file of its kind (`kinds/<kind>.py`).

    `unit` or `post` is who is asked, `members` are further units that take part. `sealed` keeps
    what the file shows only as a mask, by field. `number` counts within a year where the kind is
    numbered. `meeting` is where a resolution comes from.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    case_id = models.UUIDField()
    seq = models.SmallIntegerField()
    version = models.IntegerField(default=1)
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=20)
    open = models.BooleanField(default=True)
    title = models.CharField(max_length=200)
    unit = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=80, default="", blank=True)
    post = models.UUIDField(null=True)
    post_name = models.CharField(max_length=40, default="", blank=True)
    members = ArrayField(models.UUIDField(), default=list)
    opener_post = models.UUIDField(null=True)
    opener_name = models.CharField(max_length=40, default="", blank=True)
    opener_unit = models.UUIDField(null=True)
    meeting = models.UUIDField(null=True)
    year = models.SmallIntegerField(null=True)
    number = models.IntegerField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    data = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-opened_at"], name="work_of_unit"),
            models.Index(fields=["post", "-opened_at"], name="work_of_post"),
            models.Index(
                fields=["meeting"], name="work_of_meeting", condition=Q(meeting__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case_id", "seq"], name="work_seq"),
            models.UniqueConstraint(
                fields=["kind", "year", "number"],
                name="work_number",
                condition=Q(number__isnull=False),
            ),
        ]


class Meeting(models.Model):
    """A joint meeting of several units about one case or several (C-14).

    `agenda` are the cases with the names they had; `case_ids` the same to search by. `seats` are
    the units invited, each with attendance, opinion and signature; `drafts` the resolutions until
    the minutes are issued: then each becomes a piece of work; `special` is what the leader in
    charge was asked when the units did not agree (`meeting_file`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    state = models.CharField(max_length=20)
    topic = models.TextField()
    case_ids = ArrayField(models.UUIDField())
    agenda = models.JSONField(default=list)
    seats = models.JSONField(default=list)
    lead_unit = models.UUIDField()
    lead_unit_name = models.CharField(max_length=80)
    proposer_post = models.UUIDField(null=True)
    proposer_name = models.CharField(max_length=40, default="", blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    planned_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, default="", blank=True)
    held_at = models.DateTimeField(null=True)
    minutes = models.TextField(default="", blank=True)
    drafts = models.JSONField(default=list)
    issued_at = models.DateTimeField(null=True)
    special = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["-proposed_at", "-id"], name="meeting_newest")]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="meeting_number")]


class Series(models.Model):
    """The last number given in a series of a year; its row is the lock that keeps out gaps."""

    pk = models.CompositePrimaryKey("name", "year")
    name = models.CharField(max_length=24)
    year = models.SmallIntegerField()
    last = models.IntegerField()
