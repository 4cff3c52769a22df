import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import apps.conduct.rules
import bancheng.kernel.clock
import bancheng.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ConductFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("case_id", models.UUIDField()),
                ("number", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                apps.conduct.rules.State["RECEIVED"],
                                apps.conduct.rules.State["RECEIVED"],
                            ),
                            (
                                apps.conduct.rules.State["VERIFYING"],
                                apps.conduct.rules.State["VERIFYING"],
                            ),
                            (apps.conduct.rules.State["FOUND"], apps.conduct.rules.State["FOUND"]),
                            (
                                apps.conduct.rules.State["DISPOSED"],
                                apps.conduct.rules.State["DISPOSED"],
                            ),
                            (
                                apps.conduct.rules.State["FED_BACK"],
                                apps.conduct.rules.State["FED_BACK"],
                            ),
                            (
                                apps.conduct.rules.State["ARCHIVED"],
                                apps.conduct.rules.State["ARCHIVED"],
                            ),
                            (
                                apps.conduct.rules.State["SENT_UP"],
                                apps.conduct.rules.State["SENT_UP"],
                            ),
                        ],
                        default=apps.conduct.rules.State["RECEIVED"],
                        max_length=10,
                    ),
                ),
                (
                    "accused_units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "accused_posts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("accused", models.JSONField(default=list)),
                ("others", models.TextField(blank=True, default="")),
                (
                    "facts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "handlers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("recused", models.JSONField(default=list)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            (
                                apps.conduct.rules.Result["SUBSTANTIATED"],
                                apps.conduct.rules.Result["SUBSTANTIATED"],
                            ),
                            (
                                apps.conduct.rules.Result["PARTLY"],
                                apps.conduct.rules.Result["PARTLY"],
                            ),
                            (
                                apps.conduct.rules.Result["UNSUBSTANTIATED"],
                                apps.conduct.rules.Result["UNSUBSTANTIATED"],
                            ),
                            (
                                apps.conduct.rules.Result["UNVERIFIABLE"],
                                apps.conduct.rules.Result["UNVERIFIABLE"],
                            ),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("finding", models.JSONField(null=True)),
                ("handed_over", models.JSONField(default=list)),
                ("released", models.JSONField(null=True)),
                (
                    "released_units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("feedback", models.JSONField(null=True)),
                ("matter", models.UUIDField(null=True)),
                ("opened_by", models.UUIDField(null=True)),
                ("opened_at", models.DateTimeField(default=bancheng.kernel.clock.now)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                apps.conduct.rules.MeasureKind["REMIND"],
                                apps.conduct.rules.MeasureKind["REMIND"],
                            ),
                            (
                                apps.conduct.rules.MeasureKind["TALK"],
                                apps.conduct.rules.MeasureKind["TALK"],
                            ),
                            (
                                apps.conduct.rules.MeasureKind["NOTICE"],
                                apps.conduct.rules.MeasureKind["NOTICE"],
                            ),
                            (
                                apps.conduct.rules.MeasureKind["POINTS"],
                                apps.conduct.rules.MeasureKind["POINTS"],
                            ),
                            (
                                apps.conduct.rules.MeasureKind["TRANSFER"],
                                apps.conduct.rules.MeasureKind["TRANSFER"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("post", models.UUIDField(null=True)),
                ("subject", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("points", models.SmallIntegerField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(max_length=40)),
                ("decided_at", models.DateTimeField(default=bancheng.kernel.clock.now)),
                ("served_at", models.DateTimeField(null=True)),
                ("appeal", models.JSONField(null=True)),
                ("appeal_decision", models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True, default="")),
                ("asked_by", models.UUIDField()),
                ("asked_by_name", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField(default=bancheng.kernel.clock.now)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(default="", max_length=40)),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("shown_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ConductIdentity",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="conduct.conductfile",
                    ),
                ),
                ("wrapped_key", models.BinaryField()),
                ("kind", models.CharField(default="", max_length=20)),
                ("relation", models.CharField(default="", max_length=10)),
                ("name", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                ("id_number", models.BinaryField(null=True)),
                ("enterprise_name", models.BinaryField(null=True)),
                ("agent_name", models.BinaryField(null=True)),
                ("agent_phone", models.BinaryField(null=True)),
                ("agent_id_number", models.BinaryField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="conductfile",
            index=models.Index(fields=["-opened_at", "-id"], name="conduct_newest"),
        ),
        migrations.AddConstraint(
            model_name="conductfile",
            constraint=models.UniqueConstraint(fields=("case_id",), name="conduct_of_case"),
        ),
        migrations.AddField(
            model_name="measure",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="conduct.conductfile"
            ),
        ),
        migrations.AddField(
            model_name="reveal",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="conduct.conductfile"
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(("served_at__isnull", False)),
                fields=["post"],
                name="measure_served",
            ),
        ),
        migrations.AddConstraint(
            model_name="reveal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="conduct_second_person",
            ),
        ),
    ]
