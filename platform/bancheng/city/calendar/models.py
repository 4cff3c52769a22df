from django.db import models

from bancheng.kernel import clock, ids


class DayOverride(models.Model):
    """A day that a network, or one hall (`hall_id`), keeps differently from the published year.

    `decision` is the recorded decision without which a closure does not stop promises
    (domain.md §3.8 item 6); `hours` such as `08:30-12:00` makes a half day.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    hall_id = models.UUIDField(null=True)
    day = models.DateField()
    working = models.BooleanField()
    reason = models.CharField(max_length=100)
    decision = models.CharField(max_length=60, default="")
    hours = models.CharField(max_length=60, default="")
    decided_by = models.CharField(max_length=40, default="")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network_id", "hall_id", "day"], name="override_once", nulls_distinct=False
            )
        ]


class DeadlinePolicy(models.Model):
    """How long a stage may take, for a network or one hall, from a day on.

    Overrides the shipped defaults of `policies.py`: the nearest hall's word before the network's,
    the newest before the older (design.md §5). `rule` is in the notation of `notation.py`. With
    `recompute` it holds for clocks that run already, for the coded `reason`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    hall_id = models.UUIDField(null=True)
    stage = models.CharField(max_length=20)
    category = models.CharField(max_length=20, default="")
    rule = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    effective_from = models.DateField()
    recompute = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, default="")
    decided_by = models.CharField(max_length=40, default="")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network_id", "hall_id", "stage", "category", "effective_from"],
                name="policy_once",
                nulls_distinct=False,
            )
        ]


class CalendarYear(models.Model):
    """A year's notice as a network took it over; the newest row of a year holds.

    `days` are `[date, name, off]`, in the order of the notice (holiday-cn).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    year = models.SmallIntegerField()
    days = models.JSONField()
    papers = models.JSONField(default=list)
    decided_by = models.CharField(max_length=40, default="")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network_id", "year", "id"], name="calendar_year")
        ]
