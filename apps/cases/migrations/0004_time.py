"""Pauses and extensions of a case; the first promise and the calendar of each clock."""

from django.db import migrations, models
from django.db.models import Q


def empty(size):
    return models.CharField(blank=True, default="", max_length=size)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_accountability")]

    operations = [
        migrations.AddField("case", "resume_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "pauses", models.JSONField(default=list)),
        migrations.AddField("case", "extensions", models.JSONField(default=list)),
        migrations.AddField("case", "channel", models.CharField(default="window", max_length=12)),
        migrations.AddField("deadline", "policy_hall", empty(100)),
        migrations.AddField("deadline", "first_due_at", models.DateTimeField(null=True)),
        migrations.AddField("deadline", "extended_days", models.SmallIntegerField(default=0)),
        migrations.AddField("deadline", "reckoned", empty(16)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["resume_at"],
                name="case_paused",
                condition=Q(("resume_at__isnull", False)),
            ),
        ),
    ]
