"""Written by each hall as itself, read by the city's hall alone; nobody changes or deletes."""

from django.db import migrations, models

OWN = (
    "hall_role = current_user AND (hall_id, network_id) IN"
    " (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
)
OF_MY_CITY = (
    "network_id IN (SELECT network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6) AND level = 'city')"
)
STATEMENTS = (
    "ALTER TABLE rollups_conducttally ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY made_by_itself ON rollups_conducttally FOR INSERT WITH CHECK ({OWN})",
    f"CREATE POLICY seen_by_the_city ON rollups_conducttally FOR SELECT USING ({OF_MY_CITY})",
    "GRANT SELECT, INSERT ON rollups_conducttally TO hall_shared",
)


class Migration(migrations.Migration):
    dependencies = [("rollups", "0002_quarters"), ("tenants", "0002_isolation")]

    operations = [
        migrations.CreateModel(
            "ConductTally",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("network_id", models.UUIDField()),
                ("hall_id", models.UUIDField()),
                ("hall_role", models.CharField(max_length=63)),
                ("month", models.DateField()),
                ("category", models.CharField(max_length=12)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["network_id", "month"], name="conduct_tally_month")
                ]
            },
        ),
        migrations.RunSQL(list(STATEMENTS), migrations.RunSQL.noop),
    ]
