from django.db import models


class AuditEntry(models.Model):
    """One act. `mac` is HMAC-SM3(audit key, previous mac | seq | at | canonical body)."""

    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    body = models.JSONField()
    mac = models.BinaryField(max_length=32)


class SealedEntry(models.Model):
    """One act on a sealed file, on a chain of its own: neither its entries nor a gap in their
    numbers show in the hall's chain (security.md “Retaliation” 5)."""

    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    body = models.JSONField()
    mac = models.BinaryField(max_length=32)
