"""The tables of this app: templates that a hall made its own, papers that were issued."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bancheng.kernel import clock, ids


class Template(models.Model):
    """A hall's own words for a paper. `base_version` and `base_text` are the shipped template that
    it was made from, so that a newer one can be compared with it and brought together."""

    kind = models.CharField(primary_key=True, max_length=24)
    version = models.IntegerField(default=1)
    base_version = models.SmallIntegerField()
    base_text = models.TextField()
    text = models.TextField()
    code_word = models.CharField(max_length=12, default="", blank=True)
    letterhead = models.CharField(max_length=40, default="", blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.UUIDField(null=True)
    changer_name = models.CharField(max_length=40, default="", blank=True)


class Paper(models.Model):
    """A paper as it was issued: what it says is frozen and sealed, a reprint says the same.

    `subject` is what it is about (`rules.Subject`), `case_id` the case it lies with, `case_ids`
    every case it names. `personal` says that it names the person; `template` which words it was
    made from. `missing` are the characters that no font has. A void paper keeps its number.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=10)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    case_ids = ArrayField(models.UUIDField(), default=list)
    unit = models.UUIDField(null=True)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    code_word = models.CharField(max_length=12, default="", blank=True)
    title = models.CharField(max_length=200)
    personal = models.BooleanField(default=False)
    template = models.CharField(max_length=20)
    missing = models.CharField(max_length=200, default="", blank=True)
    content_sealed = models.BinaryField()
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.UUIDField(null=True)
    issuer_name = models.CharField(max_length=40, default="", blank=True)
    prints = models.SmallIntegerField(default=0)
    void = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id"], name="paper_of_subject"),
            models.Index(
                fields=["case_id"], name="paper_of_case", condition=Q(case_id__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="paper_number"),
        ]
