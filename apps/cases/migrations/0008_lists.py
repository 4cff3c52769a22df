import django.contrib.postgres.fields
import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q

NEWEST = ("-registered_at", "-id")


def newest(name, condition=None, by=()):
    return models.Index(fields=[*by, *NEWEST], name=name, condition=condition)


LISTS = [
    models.Index(fields=["due_at", "id"], name="case_due", condition=Q(due_at__isnull=False)),
    models.Index(
        fields=["closed_at", "id"], name="case_closed", condition=Q(closed_at__isnull=False)
    ),
    newest("case_open", ~Q(state="closed")),
    newest("case_urgent", Q(urgency="urgent")),
    newest("case_confidential", Q(confidential=True)),
    newest("case_reopened", Q(reopen_count__gt=0)),
    newest("case_came", Q(letter_in__isnull=False)),
    newest("case_sent", Q(letter_out__isnull=False)),
    newest("case_cause", ~Q(cause=""), by=["cause"]),
    newest("case_reason", ~Q(blocking_reason=""), by=["blocking_reason"]),
    newest("case_outcome", ~Q(outcome=""), by=["outcome"]),
    newest("case_channel", ~Q(channel="window"), by=["channel"]),
    newest("case_responder", by=["first_responder_post"]),
    newest("case_handler", Q(handler_post__isnull=False), by=["handler_post"]),
    GinIndex(fields=["helpers"], name="case_helpers", condition=~Q(helpers=[])),
    GinIndex(
        fields=["assist_units"],
        name="case_assisting",
        condition=~Q(assist_units=[]),
        opclasses=["jsonb_path_ops"],
    ),
]


class Migration(migrations.Migration):
    """The texts of cases that are there already are written by a job of each hall
    (`cases.wording`): they need the hall's keys, and the release that is still running may go on."""

    dependencies = [("cases", "0007_sealing")]

    operations = [
        migrations.RemoveIndex("case", "case_due"),
        migrations.RemoveIndex("case", "case_closed"),
        *[migrations.AddIndex("case", index) for index in LISTS],
        migrations.CreateModel(
            name="CaseText",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("plain", models.TextField()),
                ("holder", models.TextField(blank=True, default="")),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                (
                    "pieces",
                    django.contrib.postgres.fields.ArrayField(
                        models.IntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    GinIndex(fields=["pieces"], name="case_text_pieces", gin_pending_list_limit=256)
                ]
            },
        ),
    ]
