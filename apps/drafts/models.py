from django.db import models

from bancheng.kernel import clock, ids


class Draft(models.Model):
    """One form that one post has begun to fill in, about one subject or about none yet.

    `body` is what was typed, sealed for this row alone; `version` moves with every saving, so that
    two machines of one person notice each other.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    post = models.UUIDField()
    subject = models.CharField(max_length=20, default="", blank=True)
    subject_id = models.UUIDField(null=True)
    form = models.CharField(max_length=60)
    body = models.BinaryField()
    version = models.IntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "subject_id", "subject", "form"],
                name="draft_once",
                nulls_distinct=False,
            )
        ]


class LastStep(models.Model):
    """What a step that can be taken back found: at most one for a subject, gone within the hour.

    `version` is the subject's after the step, `kept` what it was before, sealed for this subject.
    """

    subject_id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    step = models.CharField(max_length=20)
    post = models.UUIDField()
    at = models.DateTimeField()
    kept = models.BinaryField()
