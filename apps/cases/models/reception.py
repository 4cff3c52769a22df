from django.db import models
from django.db.models import Q

from apps.cases.models.columns import short
from apps.cases.models.sealing import Open
from apps.cases.rules import ReceptionOutcome
from bancheng.kernel import clock, ids


class Reception(models.Model):
    """Somebody came to the desk: counted, whether or not it becomes a case (design.md §4).

    The ticket's number and times are a copy; `ordinary_window_tried` None is “not known”. `push`
    says who sent the person here (C-41), `section` is the department whose business it is (C-31).
    `visits_known` counts the visits all halls know of this person and item (C-34), null where
    nobody asked who it was.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    at = models.DateTimeField(default=clock.now)
    ticket_id = models.UUIDField(null=True)
    ticket_number = short()
    ticket_taken_at = models.DateTimeField(null=True)
    ticket_called_at = models.DateTimeField(null=True)
    wait_seconds = models.IntegerField(null=True)
    window_id = models.UUIDField(null=True)
    window_name = short(40)
    first_responder_post = models.UUIDField(null=True)
    first_responder_name = short(40)
    matter = models.TextField()
    service_item = short(40)
    applicant_kind = short()
    tried_windows = models.JSONField(default=list)
    visit_count = models.SmallIntegerField(default=1)
    ordinary_window_tried = models.BooleanField(null=True)
    exemption = short(40)
    pushed_from = short(80)
    outcome = models.CharField(max_length=20, choices=[(o, o) for o in ReceptionOutcome])
    reason_code = short(40)
    right_channel = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)
    push = models.JSONField(null=True)
    pushed_unit = models.UUIDField(null=True)
    section = models.UUIDField(null=True)
    slip = models.JSONField(null=True)
    merged_case = models.UUIDField(null=True)
    visits_known = models.SmallIntegerField(null=True)

    sealed = models.BooleanField(default=False)

    objects = Open["Reception"]()
    every = models.Manager["Reception"]()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="reception_newest"),
            models.Index(
                fields=["section", "-at", "-id"],
                name="reception_section",
                condition=Q(section__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(visit_count__gte=1), name="reception_visits"),
            models.CheckConstraint(
                condition=~Q(outcome=ReceptionOutcome.NOT_ACCEPTED)
                | (~Q(reason_code="") & ~Q(right_channel="")),
                name="reception_reason",
            ),
        ]
