"""The tables of this app. What a file says beside its columns is typed in `details`."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.conduct.rules import MeasureKind, Result, State
from bancheng.kernel import clock, ids


def _ids() -> "ArrayField[Any, list[UUID]]":
    return ArrayField(models.UUIDField(), default=list, blank=True)


def _codes() -> "ArrayField[Any, list[str]]":
    return ArrayField(models.CharField(max_length=12), default=list, blank=True)


class ConductFile(models.Model):
    """A sealed file about how somebody was treated (C-13); its words and its history are those of
    the sealed case. `matter` is the ordinary case in which the business itself goes on: only the
    file knows of that link."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    case_id = models.UUIDField()
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=[(s, s) for s in State], default=State.RECEIVED)
    accused_units = _ids()
    accused_posts = _ids()
    accused = models.JSONField(default=list)
    others = models.TextField(default="", blank=True)
    facts = _codes()
    tags = _codes()
    handlers = _ids()
    recused = models.JSONField(default=list)
    result = models.CharField(max_length=16, default="", choices=[(r, r) for r in Result])
    finding = models.JSONField(null=True)
    handed_over = models.JSONField(default=list)
    released = models.JSONField(null=True)
    released_units = _ids()
    feedback = models.JSONField(null=True)
    matter = models.UUIDField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-opened_at", "-id"], name="conduct_newest")]
        constraints = [models.UniqueConstraint(fields=["case_id"], name="conduct_of_case")]


class ConductIdentity(models.Model):
    """Who complained, under a key that opens this file alone (D13)."""

    file = models.OneToOneField(ConductFile, models.PROTECT, primary_key=True)
    wrapped_key = models.BinaryField()
    kind = models.CharField(max_length=20, default="")
    relation = models.CharField(max_length=10, default="")
    name = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    id_number = models.BinaryField(null=True)
    enterprise_name = models.BinaryField(null=True)
    agent_name = models.BinaryField(null=True)
    agent_phone = models.BinaryField(null=True)
    agent_id_number = models.BinaryField(null=True)


class Reveal(models.Model):
    """One field asked for with a reason, approved by somebody else, shown once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    file = models.ForeignKey(ConductFile, models.PROTECT)
    field = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    note = models.TextField(default="", blank=True)
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=40, default="")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="conduct_second_person",
            )
        ]


class Measure(models.Model):
    """What was decided about somebody (C-59). The person learns of it when it is served, and may
    then appeal; somebody who did not decide it answers."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    file = models.ForeignKey(ConductFile, models.PROTECT)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in MeasureKind])
    post = models.UUIDField(null=True)
    subject = models.CharField(max_length=80)
    text = models.TextField()
    points = models.SmallIntegerField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=40)
    decided_at = models.DateTimeField(default=clock.now)
    served_at = models.DateTimeField(null=True)
    appeal = models.JSONField(null=True)
    appeal_decision = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["post"], name="measure_served", condition=Q(served_at__isnull=False)
            )
        ]
