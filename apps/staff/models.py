from django.db import models
from django.db.models import Q

from bancheng.kernel import clock, ids


class Department(models.Model):
    """A unit of the hall that cases are dispatched to; `scope` says in words what it takes in."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    name = models.CharField(max_length=80)
    duty_phone = models.CharField(max_length=40, default="")
    scope = models.CharField(max_length=200, default="")
    position = models.SmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint("name", name="department_name")]


class Post(models.Model):
    """A person's place in this hall, with the roles of domain.md §4.1.

    A `locked` post opens nothing and keeps everything; one that is not `active` has ended. What
    waits for a second person is `proposed` (apps.staff.proposals.Proposal); who gave it a role that
    takes two is `vouched`, the latest last (apps.staff.proposals.Vouched).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    account_id = models.UUIDField()
    username = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    roles = models.JSONField(default=list)
    department = models.ForeignKey(Department, models.PROTECT, null=True, db_index=False)
    active = models.BooleanField(default=True)
    locked = models.BooleanField(default=False)
    proposed = models.JSONField(null=True)
    vouched = models.JSONField(default=list, db_default=[])
    version = models.IntegerField(default=1)
    failed_logins = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("account_id", name="post_account")]


class ApiToken(models.Model):
    """A bearer secret of a post, stored as its SHA-256; `scopes` are permissions, null for all."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    post = models.ForeignKey(Post, models.PROTECT, db_index=False)
    name = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    scopes = models.JSONField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("digest", name="api_token_digest")]


class Device(models.Model):
    """A screen of this hall: number display, kiosk or entrance sign.

    Before a manager approves it, it only shows its pairing code; afterwards its token reads what is
    announced to everybody, and a kiosk gives out numbers (security.md, device tokens). `settings`
    hold apps.staff.device_settings.Settings.
    """

    class Kind(models.TextChoices):
        DISPLAY = "display"
        KIOSK = "kiosk"
        ENTRANCE = "entrance"

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DISPLAY)
    digest = models.BinaryField(max_length=32)
    settings = models.JSONField(default=dict)
    pairing_code = models.CharField(max_length=6, default="")
    pairing_until = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("digest", name="device_digest"),
            models.UniqueConstraint(
                fields=["pairing_code"],
                condition=Q(approved_at__isnull=True),
                name="device_pairing_code",
            ),
        ]
