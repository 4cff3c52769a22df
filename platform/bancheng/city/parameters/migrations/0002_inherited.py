"""Who decided a value; a hall reads the values of the halls above it."""

from django.db import migrations, models

import bancheng.kernel.clock

NETWORK = "network_id = (SELECT hall_network(current_user::text))"
ABOVE = "hall_id IN (SELECT id FROM hall_line(current_user::text))"
OWN = (
    "(hall_id, network_id) IN (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
)
CITY = (
    "network_id IN (SELECT network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6) AND level = 'city')"
)
WRITES = f"({OWN} OR (hall_id IS NULL AND {CITY}))"
TABLE = "parameters_parametervalue"


class Migration(migrations.Migration):
    dependencies = [("parameters", "0001_values"), ("tenants", "0003_line_above")]

    operations = [
        migrations.AddField(
            model_name="parametervalue",
            name="decided_by",
            field=models.CharField(default="", max_length=40),
        ),
        migrations.AddField(
            model_name="parametervalue",
            name="decided_at",
            field=models.DateTimeField(default=bancheng.kernel.clock.now),
        ),
        migrations.RunSQL(
            [
                f"DROP POLICY read_in_the_network ON {TABLE}",
                f"DROP POLICY made_by_itself ON {TABLE}",
                f"DROP POLICY dropped_by_itself ON {TABLE}",
                f"CREATE POLICY read_in_the_line ON {TABLE} FOR SELECT"
                f" USING ({NETWORK} AND (hall_id IS NULL OR {ABOVE}))",
                f"CREATE POLICY decided_by_itself ON {TABLE} FOR INSERT WITH CHECK {WRITES}",
                f"CREATE POLICY withdrawn_by_itself ON {TABLE} FOR DELETE USING {WRITES}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
