from django.db import models


class AuditEntry(models.Model):
    """One act. `mac` is HMAC-SM3(audit key, previous mac | seq | at | canonical body)."""

    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    body = models.JSONField()
    mac = models.BinaryField(max_length=32)
