"""Files that come from another hall: where from, and their states on the way."""

from django.db import migrations, models

GONE = ["infected", "not_taken", "sent_up", "withdrawn"]
STATES = [
    "quarantined",
    "clean",
    "unscanned",
    "infected",
    "failed",
    "withdrawn",
    "coming",
    "not_taken",
    "sent_up",
]


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_attachments")]

    operations = [
        migrations.AddField("attachment", "origin", models.JSONField(null=True)),
        migrations.AlterField(
            "attachment",
            "state",
            models.CharField(choices=[(one, one) for one in STATES], max_length=12),
        ),
        migrations.RemoveConstraint("attachment", "attachment_gone_has_no_key"),
        migrations.AddConstraint(
            "attachment",
            models.CheckConstraint(
                condition=models.Q(state__in=GONE, key__isnull=True)
                | models.Q(state="coming")
                | (~models.Q(state__in=GONE) & models.Q(key__isnull=False)),
                name="attachment_gone_has_no_key",
            ),
        ),
        migrations.AddIndex(
            "attachment",
            models.Index(
                fields=["scan_next_at"],
                name="attachment_coming",
                condition=models.Q(state="coming"),
            ),
        ),
    ]
