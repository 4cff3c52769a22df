from django.db import migrations, models

import bancheng.kernel.clock
import bancheng.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("post", models.UUIDField()),
                ("subject", models.CharField(blank=True, default="", max_length=20)),
                ("subject_id", models.UUIDField(null=True)),
                ("form", models.CharField(max_length=60)),
                ("body", models.BinaryField()),
                ("version", models.IntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=bancheng.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "subject_id", "subject", "form"),
                        name="draft_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LastStep",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("step", models.CharField(max_length=20)),
                ("post", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("kept", models.BinaryField()),
            ],
        ),
    ]
