"""A key of its own for sealed files; halls that exist already get one."""

from typing import Any

from django.db import migrations, models

from tenants import keys


def fill(apps: Any, editor: Any) -> None:
    rows = apps.get_model("tenants", "HallKey").objects.using(editor.connection.alias)
    for row in rows.filter(conduct=None).select_related("hall"):
        row.conduct = keys.wrapped(row.hall.schema_name, "conduct")
        row.save(update_fields=["conduct"])


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_line_above")]

    operations = [
        migrations.AddField("hallkey", "conduct", models.BinaryField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
