from importlib import import_module

from django.db import migrations, models

facts = import_module("bancheng.city.rollups.migrations.0001_facts")
COUNTS = ["tickets", "called", "served", "missed", "waiting", "wait_n", "wait_sum_s"]


class Migration(migrations.Migration):
    dependencies = [("rollups", "0001_facts")]

    operations = [
        migrations.CreateModel(
            "HallQuarter",
            [
                *facts.written(),
                ("day", models.DateField()),
                ("quarter", models.SmallIntegerField()),
                *map(facts.count, [*COUNTS, "staffed_seconds"]),
                facts.key("network_id", "day", "hall_id", "quarter"),
            ],
        ),
        *facts.protect("hallquarter"),
    ]
