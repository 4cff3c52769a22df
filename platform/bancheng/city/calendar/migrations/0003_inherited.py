"""Years taken over by a network; who decided what; a hall reads the decisions of those above."""

from django.db import migrations, models

import bancheng.kernel.clock
import bancheng.kernel.ids

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
YEARS = "calendar_calendaryear"


def inherit(table):
    names = ("read_in_the_network", "made_by_itself", "dropped_by_itself")
    return [
        *(f"DROP POLICY {name} ON {table}" for name in names),
        f"CREATE POLICY read_in_the_line ON {table} FOR SELECT"
        f" USING ({NETWORK} AND (hall_id IS NULL OR {ABOVE}))",
        f"CREATE POLICY decided_by_itself ON {table} FOR INSERT WITH CHECK {WRITES}",
        f"CREATE POLICY withdrawn_by_itself ON {table} FOR DELETE USING {WRITES}",
    ]


def decided():
    return {
        "decided_by": models.CharField(default="", max_length=40),
        "decided_at": models.DateTimeField(default=bancheng.kernel.clock.now),
    }


class Migration(migrations.Migration):
    dependencies = [
        ("calendar", "0002_read_in_the_network"),
        ("tenants", "0003_line_above"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("network_id", models.UUIDField()),
                ("year", models.SmallIntegerField()),
                ("days", models.JSONField()),
                ("papers", models.JSONField(default=list)),
                *decided().items(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network_id", "year", "id"), name="calendar_year"
                    )
                ],
            },
        ),
        *(
            migrations.AddField(model_name=model, name=name, field=field)
            for model in ("dayoverride", "deadlinepolicy")
            for name, field in decided().items()
        ),
        migrations.AddField(
            model_name="deadlinepolicy", name="recompute", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="deadlinepolicy",
            name="reason",
            field=models.CharField(default="", max_length=20),
        ),
        migrations.RunSQL(
            [
                *inherit("calendar_dayoverride"),
                *inherit("calendar_deadlinepolicy"),
                f"ALTER TABLE {YEARS} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY read_in_the_network ON {YEARS} FOR SELECT USING ({NETWORK})",
                f"CREATE POLICY taken_over_by_the_city ON {YEARS} FOR INSERT WITH CHECK ({CITY})",
                f"GRANT SELECT, INSERT ON {YEARS} TO hall_shared",
            ],
            migrations.RunSQL.noop,
        ),
    ]
