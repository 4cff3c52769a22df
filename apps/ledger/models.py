"""The tables of the ledger: saved views, and files with names in plain that were asked for."""

from django.db import models

from bancheng.kernel import clock, ids


class ExportState(models.TextChoices):
    """asked ──▶ approved or refused by a second person; the asker may take it back."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class View(models.Model):
    """A ledger as somebody wants to see it again: filters and sort as the address holds them, the
    keys of its columns. A `team` view is seen by everybody who reads the ledger."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    owner = models.UUIDField()
    owner_name = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    team = models.BooleanField(default=False)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=24, default="", blank=True)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="ledger_view_once")]


class Export(models.Model):
    """Names, phones and ID numbers in plain, asked for with a purpose and decided by somebody else
    (security.md §2.3, §4.2). Nothing of the file is kept: it is made anew at each of `downloads`,
    of the cases that the asker may see and that were registered before they asked.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ASKED)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=24, default="", blank=True)
    rows = models.IntegerField()
    reason = models.CharField(max_length=20)
    purpose = models.TextField()
    asker = models.UUIDField()
    asker_name = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=clock.now)
    decider = models.UUIDField(null=True)
    decider_name = models.CharField(max_length=40, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(default="", blank=True)
    expires_at = models.DateTimeField(null=True)
    downloads = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-asked_at", "-id"], name="ledger_export_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ExportState.APPROVED)
                | (models.Q(decider__isnull=False) & ~models.Q(decider=models.F("asker"))),
                name="ledger_export_two_people",
            )
        ]
