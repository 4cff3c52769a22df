from django.db import models

from bancheng.kernel import clock, ids


class Account(models.Model):
    """A person who can sign in, once per network. Never deleted, only made inactive.

    `must_change`: somebody else knows the password, so it opens nothing but its own change.
    `earlier` are the hashes of passwords used before, the newest first.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    username = models.CharField(max_length=80)
    password = models.CharField(max_length=200)
    active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)
    earlier = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("network_id", "username", name="account_username"),
        ]


class Membership(models.Model):
    """A hall that knows an account; `hall_role` is what row-level security compares."""

    pk = models.CompositePrimaryKey("account", "hall_id")
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships", db_index=False)
    hall_id = models.UUIDField()
    hall_role = models.CharField(max_length=63)
