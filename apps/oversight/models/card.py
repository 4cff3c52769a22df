from uuid import UUID

from django.db import models
from django.db.models import Q

from apps.oversight.rules import CardState, Level
from bancheng.kernel import clock, ids


class Sweep(models.Model):
    """One row per hall: its lock makes two sweeps at once one, `swept_to` is how far they came."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    swept_to = models.DateTimeField(default=clock.now)


class Card(models.Model):
    """A level that a clock reached while somebody owned it, with the owner of that time (§3.6).

    `deadline` and `case` are ids of `apps.cases`. `lit_at` is the moment the rule names, `found_at`
    when the sweep saw it. `blames`: it counts against the owner (M-30), others only warn.
    `told_at` is empty until its audience was told, `over_at` until the clock has ended.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    deadline = models.UUIDField()
    case = models.UUIDField()
    number = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    rule = models.CharField(max_length=40)
    level = models.SmallIntegerField(choices=[(level.value, level.word) for level in Level])
    why = models.CharField(max_length=20)
    blames = models.BooleanField()
    owner_unit = models.UUIDField(null=True)
    owner_name = models.CharField(max_length=100)
    owner_post = models.UUIDField(null=True)
    owner_person = models.CharField(max_length=40, default="", blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_on = models.DateField()
    lit_at = models.DateTimeField()
    found_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=CardState.LIT)
    appeal = models.JSONField(null=True)
    decision = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-lit_at", "-id"], name="card_newest"),
            models.Index(fields=["case"], name="card_of_case"),
            models.Index(fields=["found_at"], name="card_untold", condition=Q(told_at=None)),
            models.Index(fields=["deadline"], name="card_running", condition=Q(over_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "level"], name="card_once"),
            models.CheckConstraint(
                condition=~Q(state=CardState.LIFTED) | Q(decision__isnull=False),
                name="card_lifted_by_decision",
            ),
        ]


class Stall(models.Model):
    """A case that stood still: once per level for each last action (`seq`) (C-30, C-43, C-90).

    `person`, who answers for it, is known while it is made and not stored.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    kind = models.CharField(max_length=10)
    case = models.UUIDField()
    number = models.CharField(max_length=20)
    seq = models.IntegerField()
    level = models.SmallIntegerField()
    since = models.DateTimeField()
    unit = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=100)
    recorded_only = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    over_at = models.DateTimeField(null=True)
    person: UUID | None = None

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="stall_newest")]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "seq", "level"], name="stall_once")
        ]
