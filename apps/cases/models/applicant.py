from django.db import models
from django.db.models import Q

from apps.cases.models.case import Case
from apps.cases.models.columns import short


class Applicant(models.Model):
    """Who asked: sealed values, the masks shown instead, keyed hashes to find repeats by (§4.3).

    A sealed field is null when it was not given or did not travel with a referral.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    kind = short()
    relation = short(10)
    enterprise_name = short(120)
    name_mask = short(20)
    phone_mask = short(20)
    id_mask = short(20)
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    id_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    id_index = models.BinaryField(max_length=16, null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["phone_index"],
                name="applicant_phone",
                condition=Q(phone_index__isnull=False),
            )
        ]
