"""Sheets that are being taken over; each hall sees and writes its own only."""

from django.db import migrations, models

import bancheng.kernel.clock
import bancheng.kernel.ids

OWN = (
    "(hall_id, network_id) IN (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
)
TABLE = "imports_import"
STATES = [(name, name.capitalize()) for name in ("looking", "looked", "taking", "done", "failed")]


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0003_line_above")]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("network_id", models.UUIDField()),
                ("hall_id", models.UUIDField()),
                ("kind", models.CharField(max_length=10)),
                ("state", models.CharField(choices=STATES, default="looking", max_length=10)),
                ("ends_missing", models.BooleanField(default=False)),
                ("post_id", models.UUIDField()),
                ("by_name", models.CharField(max_length=40)),
                ("sealed", models.BinaryField(default=bytes)),
                ("told", models.BinaryField(default=bytes)),
                ("rows", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("plan", models.JSONField(default=dict)),
                ("result", models.JSONField(default=dict)),
                ("begun_at", models.DateTimeField(default=bancheng.kernel.clock.now)),
                ("moved_at", models.DateTimeField(default=bancheng.kernel.clock.now)),
                ("handed_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(state__in=("looking", "taking")),
                        fields=("hall_id", "kind"),
                        name="import_running_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            [
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY own ON {TABLE} USING ({OWN}) WITH CHECK ({OWN})",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLE} TO hall_shared",
            ],
            migrations.RunSQL.noop,
        ),
    ]
