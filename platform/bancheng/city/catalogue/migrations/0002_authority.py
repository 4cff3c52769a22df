"""Who decides which item, and what else may prove it; every hall reads, the city's hall writes."""

from django.db import migrations, models
from django.db.models import F, Q

import bancheng.kernel.ids

MINE = "network_id = (SELECT hall_network(current_user::text))"
CITY = (
    "EXISTS (SELECT 1 FROM tenants_hall h"
    " WHERE 'hall_' || h.schema_name = current_user AND h.level = 'city')"
)


def rules(table):
    kept = f"{MINE} AND {CITY}"
    return [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO hall_shared",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY readable ON {table} FOR SELECT USING ({MINE})",
        f"CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({kept})",
        f"CREATE POLICY changed ON {table} FOR UPDATE USING ({kept}) WITH CHECK ({kept})",
        f"CREATE POLICY removed ON {table} FOR DELETE USING ({kept})",
    ]


def ident():
    return (
        "id",
        models.UUIDField(default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False),
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_catalogue")]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                ident(),
                ("network_id", models.UUIDField()),
                ("item_code", models.CharField(max_length=40)),
                ("level", models.CharField(max_length=10)),
                ("unit", models.CharField(max_length=80)),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(null=True)),
                ("basis", models.CharField(default="", max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["network_id", "item_code", "level", "unit", "effective_from"],
                        name="authority_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(effective_to__isnull=True)
                        | Q(effective_to__gte=F("effective_from")),
                        name="authority_span",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemEvidence",
            fields=[
                ident(),
                ("network_id", models.UUIDField()),
                ("item_code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("held_by", models.CharField(default="", max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["network_id", "item_code", "name"], name="item_evidence_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            [*rules("catalogue_authority"), *rules("catalogue_itemevidence")],
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
