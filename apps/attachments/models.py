"""What is kept of a file beside its bytes."""

from django.db import models
from django.db.models import Q

from apps.attachments.rules import GONE, KINDS, State
from bancheng.kernel import clock, ids

_GONE = sorted(state.value for state in GONE)


class Attachment(models.Model):
    """One file under a subject. `name` and `key` are sealed by the subject's keeper; without the
    key the bytes on disk are noise, so that destroying it destroys every copy of them.

    `personal`: it shows who the applicant is. `finding` is the scanner's own word, or the code why
    another hall's file was not taken. `origin` says where it came from (`origin.Origin`). Of a file
    on its way `scan_next_at` is when it is fetched next; it has a key only where the bytes lie
    under one that its letter brought.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    subject = models.CharField(max_length=10)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=5, choices=[(kind, kind) for kind in KINDS])
    name = models.BinaryField()
    key = models.BinaryField(null=True)
    size = models.BigIntegerField()
    personal = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State])
    added_by = models.UUIDField(null=True)
    added_by_name = models.CharField(max_length=40, default="", blank=True)
    from_citizen = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=clock.now)
    scanned_at = models.DateTimeField(null=True)
    scan_tries = models.SmallIntegerField(default=0)
    scan_next_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=120, default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=40, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    origin = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "added_at", "id"], name="attachment_of_subject"),
            models.Index(
                fields=["scan_next_at"],
                name="attachment_waits",
                condition=Q(state=State.QUARANTINED.value),
            ),
            models.Index(
                fields=["scan_next_at"],
                name="attachment_coming",
                condition=Q(state=State.COMING.value),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=_GONE, key__isnull=True)
                | Q(state=State.COMING.value)
                | (~Q(state__in=_GONE) & Q(key__isnull=False)),
                name="attachment_gone_has_no_key",
            )
        ]
