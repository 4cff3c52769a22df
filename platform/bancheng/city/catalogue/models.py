from django.db import models

from bancheng.kernel import ids


class ServiceItem(models.Model):
    """A matter that halls of this network handle, and the levels that may decide it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=80, default="")
    levels = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint("network_id", "code", name="service_item_code"),
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
