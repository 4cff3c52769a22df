from django.db import models

from apps.windows.models.columns import choices, text
from apps.windows.models.layout import Queue
from apps.windows.models.ticket import Ticket
from apps.windows.rules import GuidanceKind
from bancheng.kernel import clock, ids


class Guidance(models.Model):
    """Somebody was helped before or beside a window: a pre-check with its list and result (C-21,
    C-77), a greeter's three fields (C-85), feedback without a matter (C-86), a tense moment with
    the room for it (C-88). `detail` holds what only one kind has (guidance_details.py).

    `person_key` and `item_code` link it to later cases of the same person and item (C-22).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    kind = models.CharField(max_length=10, choices=choices(GuidanceKind))
    at = models.DateTimeField(default=clock.now)
    post_id = models.UUIDField(null=True)
    post_name = text()
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, db_index=False)
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, db_index=False)
    item_code = text()
    person_key = models.BinaryField(max_length=16, null=True)
    matter = models.TextField(default="", blank=True)
    result = text(12)
    case_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="guidance_newest")]
