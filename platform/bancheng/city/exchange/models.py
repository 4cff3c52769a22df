from django.db import models

from bancheng.city.exchange.kinds import DECISIONS
from bancheng.kernel import clock, ids


class Letter(models.Model):
    """A referral as it was sent; never changed (design.md §6).

    `contact` is sealed with the shared schema's keys and empty unless the receiver must contact
    the person. `payload` holds the fields of `contents.Matter` and no identity.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    direction = models.CharField(max_length=10)
    from_hall = models.UUIDField()
    from_role = models.CharField(max_length=63)
    from_name = models.CharField(max_length=100)
    to_hall = models.UUIDField()
    to_role = models.CharField(max_length=63)
    to_name = models.CharField(max_length=100)
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=20)
    reason = models.TextField()
    purpose = models.TextField()
    legal_basis = models.CharField(max_length=40, default="")
    payload = models.JSONField()
    contact = models.BinaryField(null=True)
    promised_on = models.DateField()
    accept_due_at = models.DateTimeField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["to_hall", "-sent_at", "-id"], name="letter_in"),
            models.Index(fields=["from_hall", "-sent_at", "-id"], name="letter_out"),
        ]


class LetterEvent(models.Model):
    """One line under a letter, numbered without gaps; only one of them decides."""

    pk = models.CompositePrimaryKey("letter_id", "seq")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="events", db_index=False)
    seq = models.SmallIntegerField()
    kind = models.CharField(max_length=10)
    by_hall = models.UUIDField()
    by_role = models.CharField(max_length=63)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField(default=clock.now)
    note = models.TextField(default="")
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                name="letter_decided_once",
                condition=models.Q(kind__in=DECISIONS),
            )
        ]


class SealedLetter(models.Model):
    """Something sealed on its way up: written by one hall, read by the one above, by nobody else.

    `kind`: a file about conduct, or what the hall above is asked to decide about a post.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    from_hall = models.UUIDField()
    from_role = models.CharField(max_length=63)
    from_name = models.CharField(max_length=100)
    to_hall = models.UUIDField()
    to_role = models.CharField(max_length=63)
    kind = models.CharField(max_length=10, default="conduct")
    body = models.BinaryField()
    sent_at = models.DateTimeField(default=clock.now)
    taken_at = models.DateTimeField(null=True)
