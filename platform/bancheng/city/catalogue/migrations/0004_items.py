"""An item has a promise, its materials and its days; a hall says what it does differently."""

from django.db import migrations, models
from django.db.models import F, Q

import bancheng.kernel.ids

MINE = "network_id = (SELECT hall_network(current_user::text))"
OWN = (
    "(hall_id, network_id) IN (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
)
TABLE = "catalogue_hallitem"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_evidence_reason"), ("tenants", "0003_line_above")]

    operations = [
        migrations.AddField("serviceitem", "limit_days", models.SmallIntegerField(null=True)),
        migrations.AddField("serviceitem", "materials", models.JSONField(default=list)),
        migrations.AddField("serviceitem", "effective_from", models.DateField(null=True)),
        migrations.AddField("serviceitem", "effective_to", models.DateField(null=True)),
        migrations.AddField("serviceitem", "version", models.IntegerField(default=1)),
        migrations.AddConstraint(
            "serviceitem",
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="service_item_span",
            ),
        ),
        migrations.CreateModel(
            name="HallItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("network_id", models.UUIDField()),
                ("hall_id", models.UUIDField()),
                ("item_code", models.CharField(max_length=40)),
                ("offered", models.BooleanField(default=True)),
                ("limit_days", models.SmallIntegerField(null=True)),
                ("place", models.CharField(default="", max_length=80)),
                ("effective_from", models.DateField()),
                ("decided_by", models.CharField(default="", max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["hall_id", "item_code"], name="hall_item_once")
                ],
            },
        ),
        migrations.RunSQL(
            [
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY read_in_the_network ON {TABLE} FOR SELECT USING ({MINE})",
                f"CREATE POLICY added_by_itself ON {TABLE} FOR INSERT WITH CHECK ({OWN})",
                f"CREATE POLICY changed_by_itself ON {TABLE} FOR UPDATE"
                f" USING ({OWN}) WITH CHECK ({OWN})",
                f"CREATE POLICY removed_by_itself ON {TABLE} FOR DELETE USING ({OWN})",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLE} TO hall_shared",
            ],
            migrations.RunSQL.noop,
        ),
    ]
