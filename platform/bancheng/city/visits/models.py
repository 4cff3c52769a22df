from django.db import models
from django.db.models import Q


class Visit(models.Model):
    """One visit; `id` is the reception's, so that it is counted once, `month` is a first day."""

    id = models.UUIDField(primary_key=True)
    network_id = models.UUIDField()
    phone = models.BinaryField(max_length=16, null=True)
    ident = models.BinaryField(max_length=16, null=True)
    item = models.CharField(max_length=40, default="")
    month = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["phone"], name="visit_phone", condition=Q(phone__isnull=False)),
            models.Index(fields=["ident"], name="visit_ident", condition=Q(ident__isnull=False)),
        ]
