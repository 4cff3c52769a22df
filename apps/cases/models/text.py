from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from apps.cases.models.case import Case
from apps.cases.models.sealing import OfOpenCases


class CaseText(models.Model):
    """What an open case is found by; written with the case, not with every step, because a step
    changes no text and would pay for some hundred pieces each time.

    `plain` is title, matter, wish and number, folded as `listing.words` compares them; `holder` the
    enterprise's name, apart because a confidential one is not told to everybody. `people` are keyed
    hashes of whole names, telephones and ID numbers: no person's name lies here. `pieces` is what
    the index holds of all of them. A sealed case has no row.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="text")
    plain = models.TextField()
    holder = models.TextField(default="", blank=True)
    people = ArrayField(models.CharField(max_length=32), default=list)
    pieces = ArrayField(models.IntegerField(), default=list)

    objects = OfOpenCases["CaseText"]()
    every = models.Manager["CaseText"]()

    class Meta:
        indexes = [GinIndex(fields=["pieces"], name="case_text_pieces", gin_pending_list_limit=256)]
