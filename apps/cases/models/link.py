from django.db import models
from django.db.models import F, Q

from apps.cases.intake.link_kinds import LinkKind
from apps.cases.models.case import Case
from apps.cases.models.columns import short
from bancheng.kernel import clock, ids


class CaseLink(models.Model):
    """One case stands beside another of this hall: the same again, split off, merged (§2.1 并案).

    `kept` is what a merge needs to be undone exactly; an ended link stays for the record.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in LinkKind])
    note = models.TextField(default="", blank=True)
    at = models.DateTimeField(default=clock.now)
    by_name = short(40)
    kept = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind"],
                name="case_link_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_link_two"),
        ]
