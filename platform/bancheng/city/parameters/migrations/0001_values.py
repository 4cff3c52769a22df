"""Parameter values; halls read their network's and write only their own."""

from django.db import migrations, models

import bancheng.kernel.ids

NETWORK = "network_id = (SELECT hall_network(current_user::text))"
OWN = (
    "(hall_id, network_id) IN (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
)
TABLE = "parameters_parametervalue"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0002_isolation")]

    operations = [
        migrations.CreateModel(
            name="ParameterValue",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("network_id", models.UUIDField()),
                ("hall_id", models.UUIDField(null=True)),
                ("key", models.CharField(max_length=60)),
                ("value", models.JSONField()),
                ("basis", models.CharField(default="", max_length=200)),
                ("effective_from", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network_id", "hall_id", "key", "effective_from"),
                        name="parameter_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(
            [
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY read_in_the_network ON {TABLE} FOR SELECT"
                f" USING ({NETWORK} AND (hall_id IS NULL OR {OWN}))",
                f"CREATE POLICY made_by_itself ON {TABLE} FOR INSERT WITH CHECK ({OWN})",
                f"CREATE POLICY dropped_by_itself ON {TABLE} FOR DELETE USING ({OWN})",
                f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO hall_shared",
            ],
            migrations.RunSQL.noop,
        ),
    ]
