from django.db import models

from bancheng.kernel import clock, ids


class State(models.TextChoices):
    """looking ──▶ looked ──▶ taking ──▶ done; what is refused on the way has failed."""

    LOOKING = "looking"
    LOOKED = "looked"
    TAKING = "taking"
    DONE = "done"
    FAILED = "failed"


RUNNING = (State.LOOKING, State.TAKING)


class Import(models.Model):
    """One sheet of one hall. `sealed` is what it says, `told` what is to be handed over once; both
    empty when nobody needs them any more. `plan` is what the look found, `result` what came of it,
    without anything personal; `done` of `rows` are settled."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    hall_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.LOOKING)
    ends_missing = models.BooleanField(default=False)
    post_id = models.UUIDField()
    by_name = models.CharField(max_length=40)
    sealed = models.BinaryField(default=bytes)
    told = models.BinaryField(default=bytes)
    rows = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    plan = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)
    handed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hall_id", "kind"],
                condition=models.Q(state__in=RUNNING),
                name="import_running_once",
            ),
        ]
