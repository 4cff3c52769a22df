from django.db import models

from bancheng.kernel import clock, ids


class ParameterValue(models.Model):
    """A value that a network, or one hall (`hall_id`), decided, from a day on."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    hall_id = models.UUIDField(null=True)
    key = models.CharField(max_length=60)
    value = models.JSONField()
    basis = models.CharField(max_length=200, default="")
    effective_from = models.DateField()
    decided_by = models.CharField(max_length=40, default="")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network_id", "hall_id", "key", "effective_from"],
                name="parameter_once",
                nulls_distinct=False,
            )
        ]
