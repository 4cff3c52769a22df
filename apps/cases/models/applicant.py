from django.db import models
from django.db.models import Q

from apps.cases.models.case import Case
from apps.cases.models.columns import short
from apps.cases.models.sealing import OfOpenCases


class Applicant(models.Model):
    """Who asked: sealed values, the masks shown instead, keyed hashes to find repeats by (§4.3).

    A sealed field is null when it was not given or did not travel with a referral. `agent_*` is who
    speaks for the person, `authority` on what paper (C-02).
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
    agent_name_mask = short(20)
    agent_phone_mask = short(20)
    agent_id_mask = short(20)
    agent_name_sealed = models.BinaryField(null=True)
    agent_phone_sealed = models.BinaryField(null=True)
    agent_id_sealed = models.BinaryField(null=True)
    agent_phone_index = models.BinaryField(max_length=16, null=True)
    authority = models.JSONField(null=True)

    objects = OfOpenCases["Applicant"]()
    every = models.Manager["Applicant"]()

    class Meta:
        indexes = [
            models.Index(
                fields=["phone_index"],
                name="applicant_phone",
                condition=Q(phone_index__isnull=False),
            ),
            models.Index(
                fields=["id_index"],
                name="applicant_ident",
                condition=Q(id_index__isnull=False),
            ),
        ]
