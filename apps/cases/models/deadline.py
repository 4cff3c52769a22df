from django.db import models
from django.db.models import Q

from apps.cases.models.case import Case
from apps.cases.models.columns import short
from apps.cases.models.sealing import OfOpenCases
from bancheng.kernel import clock, ids


class Deadline(models.Model):
    """One stage's clock, kept with the rule it ran by, so that it can always be explained.

    `ended` is how it ended: done, or dropped when the stage went away; empty while it runs. `item`
    is the piece of work whose clock it is; null for the case's own stages. A clock that stands
    still ended `paused` until it runs again. `first_due_at` is the moment first promised, once it
    has moved; `reckoned` the calendar it was counted by.
    The owner answers for what happens from `owned_at` on; `lifted` says that the card of its
    lateness was taken back on appeal (§3.6).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    stage = models.CharField(max_length=20)
    item = models.UUIDField(null=True)
    category = short()
    rule = models.CharField(max_length=40)
    policy_source = models.CharField(max_length=10)
    policy_basis = models.CharField(max_length=200)
    policy_hall = short(100)
    owner = models.UUIDField(null=True)
    owner_name = short(100)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    first_due_at = models.DateTimeField(null=True)
    extended_days = models.SmallIntegerField(default=0)
    reckoned = short(16)
    ended = short(10)
    done_at = models.DateTimeField(null=True)
    owned_at = models.DateTimeField(default=clock.now)
    lifted = models.BooleanField(default=False)

    objects = OfOpenCases["Deadline"]()
    every = models.Manager["Deadline"]()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="deadline_open", condition=Q(ended="")),
            models.Index(fields=["due_on", "stage"], name="deadline_due_on"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage", "item"],
                name="deadline_one_open",
                condition=Q(ended=""),
                nulls_distinct=False,
            )
        ]
