"""Written by the sender, read and taken by the receiver alone; nobody deletes."""

from django.db import migrations, models

import bancheng.kernel.clock
import bancheng.kernel.ids

SENT_BY_ITSELF = (
    "from_role = current_user AND to_role <> current_user AND (from_hall, network_id) IN"
    " (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
    " AND (to_hall, network_id, to_role) IN"
    " (SELECT id, network_id, 'hall_' || schema_name FROM tenants_hall)"
)
STATEMENTS = (
    "ALTER TABLE exchange_sealedletter ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY read_by_receiver ON exchange_sealedletter FOR SELECT"
    " USING (to_role = current_user)",
    f"CREATE POLICY sent_by_itself ON exchange_sealedletter FOR INSERT WITH CHECK"
    f" ({SENT_BY_ITSELF})",
    "CREATE POLICY taken_by_receiver ON exchange_sealedletter FOR UPDATE"
    " USING (to_role = current_user) WITH CHECK (to_role = current_user)",
    "GRANT SELECT, INSERT, UPDATE (taken_at) ON exchange_sealedletter TO hall_shared",
)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_both_ends_only"), ("tenants", "0002_isolation")]

    operations = [
        migrations.CreateModel(
            "SealedLetter",
            [
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("network_id", models.UUIDField()),
                ("from_hall", models.UUIDField()),
                ("from_role", models.CharField(max_length=63)),
                ("from_name", models.CharField(max_length=100)),
                ("to_hall", models.UUIDField()),
                ("to_role", models.CharField(max_length=63)),
                ("body", models.BinaryField()),
                ("sent_at", models.DateTimeField(default=bancheng.kernel.clock.now)),
                ("taken_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(list(STATEMENTS), migrations.RunSQL.noop),
    ]
