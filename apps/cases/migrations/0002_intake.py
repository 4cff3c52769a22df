import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import bancheng.kernel.clock
import bancheng.kernel.ids

NULL_BINARY = models.BinaryField(null=True)
OUTCOMES = (
    "registered",
    "consult_only",
    "guided_back",
    "not_accepted",
    "on_spot",
    "merged",
)
KINDS = ("related", "duplicate_of", "repeat_of", "split_from", "merged_into")


def short(size=20):
    return models.CharField(max_length=size, default="", blank=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]

    operations = [
        migrations.AddField("case", "intake", models.JSONField(default=dict)),
        migrations.AddField("case", "discovery_source", short()),
        migrations.AddField("case", "diagnosis", models.JSONField(null=True)),
        migrations.AddField("case", "repeat", models.BooleanField(default=False)),
        migrations.AddField("case", "visits_known", models.SmallIntegerField(null=True)),
        migrations.AddField("case", "material_notices", models.JSONField(default=list)),
        migrations.AddField("reception", "answer", models.TextField(default="", blank=True)),
        migrations.AddField("reception", "push", models.JSONField(null=True)),
        migrations.AddField("reception", "pushed_unit", models.UUIDField(null=True)),
        migrations.AddField("reception", "section", models.UUIDField(null=True)),
        migrations.AddField("reception", "slip", models.JSONField(null=True)),
        migrations.AddField("reception", "merged_case", models.UUIDField(null=True)),
        migrations.AddField("reception", "visits_known", models.SmallIntegerField(null=True)),
        migrations.AlterField(
            "reception",
            "outcome",
            models.CharField(max_length=20, choices=[(o, o) for o in OUTCOMES]),
        ),
        migrations.AddIndex(
            "reception",
            models.Index(
                fields=["section", "-at", "-id"],
                name="reception_section",
                condition=Q(section__isnull=False),
            ),
        ),
        migrations.AddField("applicant", "agent_name_mask", short()),
        migrations.AddField("applicant", "agent_phone_mask", short()),
        migrations.AddField("applicant", "agent_id_mask", short()),
        migrations.AddField("applicant", "agent_name_sealed", NULL_BINARY),
        migrations.AddField("applicant", "agent_phone_sealed", NULL_BINARY.clone()),
        migrations.AddField("applicant", "agent_id_sealed", NULL_BINARY.clone()),
        migrations.AddField("applicant", "authority", models.JSONField(null=True)),
        migrations.AddIndex(
            "applicant",
            models.Index(
                fields=["id_index"],
                name="applicant_ident",
                condition=Q(id_index__isnull=False),
            ),
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bancheng.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20, choices=[(k, k) for k in KINDS])),
                ("note", models.TextField(default="", blank=True)),
                ("at", models.DateTimeField(default=bancheng.kernel.clock.now)),
                ("by_name", short(40)),
                ("kept", models.JSONField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["case", "other", "kind"],
                        name="case_link_once",
                        condition=Q(ended_at__isnull=True),
                    ),
                    models.CheckConstraint(condition=~Q(case=F("other")), name="case_link_two"),
                ],
            },
        ),
    ]
