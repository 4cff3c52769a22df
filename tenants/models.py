from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from bancheng.kernel import clock, ids
from bancheng.kernel.hall import Level


class Network(models.Model):
    """One city's halls. Nothing crosses from one network to another."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    slug = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint("slug", name="network_slug")]


class Hall(TenantMixin):  # type: ignore[misc]
    """A hall: one schema, one role, a place in the network's tree (domain.md C-20).

    The hall itself may change what its desk is called and where it is found (C-83), nothing else.
    """

    class Kind(models.TextChoices):
        MAIN = "main"
        BRANCH = "branch"
        STATION = "station"

    auto_create_schema = False
    auto_drop_schema = False

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    network = models.ForeignKey(Network, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.CharField(max_length=10, choices=[(level, level) for level in Level])
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MAIN)
    peer_group = models.CharField(max_length=40, default="")
    slug = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=100)
    desk_name = models.CharField(max_length=40, default="“办不成事”反映窗口")
    address = models.CharField(max_length=200, default="")
    phone = models.CharField(max_length=80, default="")
    hours = models.CharField(max_length=200, default="")
    division_code = models.CharField(max_length=12, default="")
    node = models.CharField(max_length=40, default="main")
    opened_on = models.DateField(default=clock.today)

    class Meta:
        constraints = [
            models.UniqueConstraint("network", "slug", name="hall_slug"),
            models.UniqueConstraint(
                "network",
                "division_code",
                name="hall_division",
                condition=~models.Q(division_code=""),
            ),
        ]

    @property
    def role(self) -> str:
        return f"hall_{self.schema_name}"


class Domain(DomainMixin):  # type: ignore[misc]
    """A host name, without port, that leads to one hall."""


class HallKey(models.Model):
    """A hall's keys, wrapped under the master key; readable by that hall's role alone."""

    hall = models.OneToOneField(Hall, models.PROTECT, primary_key=True, related_name="wrapped")
    role = models.CharField(max_length=63)
    data = models.BinaryField()
    index = models.BinaryField()
    audit = models.BinaryField()
    conduct = models.BinaryField(null=True)


class SchemaTemplate(models.Model):
    """The statements that make a new hall's tables, for one state of the migrations."""

    fingerprint = models.CharField(max_length=64)
    statements = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("fingerprint", name="schema_template")]
