from django.db import models

from bancheng.kernel import ids


class ServiceItem(models.Model):
    """A matter that halls of this network handle, and the levels that may decide it.

    `limit_days` are the working days promised for it, `materials` what it asks for
    (queries.Material); it is offered from `effective_from` to `effective_to`, both included.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=80, default="")
    levels = models.JSONField(default=list)
    limit_days = models.SmallIntegerField(null=True)
    materials = models.JSONField(default=list)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint("network_id", "code", name="service_item_code"),
            models.CheckConstraint(
                condition=models.Q(effective_to__isnull=True)
                | models.Q(effective_from__isnull=True)
                | models.Q(effective_to__gte=models.F("effective_from")),
                name="service_item_span",
            ),
        ]


class HallItem(models.Model):
    """What one hall does differently about an item, from a day on: it does not offer it, promises
    it sooner, or says where in the house it is done."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    hall_id = models.UUIDField()
    item_code = models.CharField(max_length=40)
    offered = models.BooleanField(default=True)
    limit_days = models.SmallIntegerField(null=True)
    place = models.CharField(max_length=80, default="")
    effective_from = models.DateField()
    decided_by = models.CharField(max_length=40, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall_id", "item_code"], name="hall_item_once"),
        ]


class LegalBasis(models.Model):
    """One article, verbatim, of the text of `version`."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=20, default="")
    article = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint("network_id", "code", name="legal_basis_code"),
        ]


class Authority(models.Model):
    """Who decides an item at one level: a kind of unit, from a day until a day (C-84)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    item_code = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    unit = models.CharField(max_length=80)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    basis = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network_id", "item_code", "level", "unit", "effective_from"],
                name="authority_once",
            ),
            models.CheckConstraint(
                condition=models.Q(effective_to__isnull=True)
                | models.Q(effective_to__gte=models.F("effective_from")),
                name="authority_span",
            ),
        ]


class ItemEvidence(models.Model):
    """What else may prove what an item asks for, where the record is missing (C-72); `reason` is
    the blocking reason that it answers, empty for any."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    item_code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    held_by = models.CharField(max_length=120, default="")
    reason = models.CharField(max_length=8, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network_id", "item_code", "name"], name="item_evidence_once"
            ),
        ]
