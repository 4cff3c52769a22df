"""Halls read their network's calendar and limits, and write only their own."""

from django.db import migrations

NETWORK = "network_id = (SELECT hall_network(current_user::text))"
OWN = (
    "(hall_id, network_id) IN (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
)


def protect(table):
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY read_in_the_network ON {table} FOR SELECT"
        f" USING ({NETWORK} AND (hall_id IS NULL OR {OWN}))",
        f"CREATE POLICY made_by_itself ON {table} FOR INSERT WITH CHECK ({OWN})",
        f"CREATE POLICY dropped_by_itself ON {table} FOR DELETE USING ({OWN})",
        f"GRANT SELECT, INSERT, DELETE ON {table} TO hall_shared",
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("calendar", "0001_overrides_and_policies"),
        ("tenants", "0002_isolation"),
    ]

    operations = [
        migrations.RunSQL(
            protect("calendar_dayoverride") + protect("calendar_deadlinepolicy"),
            migrations.RunSQL.noop,
        )
    ]
