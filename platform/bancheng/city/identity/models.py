from django.db import models

from bancheng.kernel import clock, ids


class Account(models.Model):
    """A person who can sign in, once per network. Never deleted, only made inactive."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network_id = models.UUIDField()
    username = models.CharField(max_length=80)
    password = models.CharField(max_length=200)
    active = models.BooleanField(default=True)
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
