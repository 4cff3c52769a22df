from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from apps.cases.models.columns import short
from apps.cases.models.reception import Reception
from apps.cases.models.sealing import Open
from apps.cases.rules import Outcome, State, Urgency
from bancheng.kernel import clock, ids

NEWEST = ("-registered_at", "-id")
LISTS = (
    models.Index(fields=NEWEST, name="case_open", condition=~Q(state=State.CLOSED)),
    models.Index(fields=NEWEST, name="case_urgent", condition=Q(urgency=Urgency.URGENT)),
    models.Index(fields=NEWEST, name="case_confidential", condition=Q(confidential=True)),
    models.Index(fields=NEWEST, name="case_reopened", condition=Q(reopen_count__gt=0)),
    models.Index(fields=NEWEST, name="case_came", condition=Q(letter_in__isnull=False)),
    models.Index(fields=NEWEST, name="case_sent", condition=Q(letter_out__isnull=False)),
    models.Index(fields=["cause", *NEWEST], name="case_cause", condition=~Q(cause="")),
    models.Index(
        fields=["blocking_reason", *NEWEST], name="case_reason", condition=~Q(blocking_reason="")
    ),
    models.Index(fields=["outcome", *NEWEST], name="case_outcome", condition=~Q(outcome="")),
    models.Index(fields=["channel", *NEWEST], name="case_channel", condition=~Q(channel="window")),
    models.Index(fields=["first_responder_post", *NEWEST], name="case_responder"),
    models.Index(
        fields=["handler_post", *NEWEST],
        name="case_handler",
        condition=Q(handler_post__isnull=False),
    ),
    GinIndex(fields=["helpers"], name="case_helpers", condition=~Q(helpers=[])),
    GinIndex(
        fields=["assist_units"],
        name="case_assisting",
        condition=~Q(assist_units=[]),
        opclasses=["jsonb_path_ops"],
    ),
)
"""What the filters of a list are found by, the newest first; and what is open to whom (C-61)."""


class Case(models.Model):
    """A stuck matter with one accountable person (C-61).

    `version` moves with every step, `last_seq` with every event. `due_at` is the earliest open
    deadline, null when no clock runs. `letter_in` is the referral it came with, `letter_out` the
    one it went away with, applied up to line `letter_seq`; `letter_live` while more may come.
    `referral` keeps the halls of both by name. `helpers` are the posts that a piece of work under
    the case was given to. A `sealed` case is a file about conduct (C-13): only the posts in its
    `circle` know of it, and `objects` leaves it out. `supervised` while a supervision order about
    it is open. Given back or begun again too often it is reserved to an arbiter: `designated` to
    the unit named then, `escalated` after the last reopening. `asked` are the open requests
    between people, `closing` is what the closing checklist asks for.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    version = models.IntegerField(default=1)
    last_seq = models.IntegerField(default=1)
    number = models.CharField(max_length=20)
    code_index = models.BinaryField(max_length=16, null=True)
    state = models.CharField(max_length=20, choices=[(s, s) for s in State])
    reception = models.OneToOneField(Reception, models.PROTECT, null=True)
    title = models.CharField(max_length=120)
    detail = models.TextField()
    want = models.TextField()
    service_item = short(40)
    service_item_name = short(200)
    blocked_stage = short(40)
    wanted_by = models.DateField(null=True)
    visit_count = models.SmallIntegerField(default=1)
    pushed_from = short(80)
    urgency = models.CharField(max_length=10, default=Urgency.NORMAL)
    confidential = models.BooleanField(default=False)
    first_responder_post = models.UUIDField(null=True)
    first_responder_name = short(40)
    should_do = short(10)
    can_do = short(10)
    cause = short(10)
    blocking_reason = short(4)
    difficulty = short(10)
    triage_note = models.TextField(default="", blank=True)
    category = short()
    lead_unit = models.UUIDField(null=True)
    lead_unit_name = short(80)
    assist_units = models.JSONField(default=list)
    handler_post = models.UUIDField(null=True)
    handler_name = short(40)
    handler_unit = models.UUIDField(null=True)
    handler_unit_name = short(80)
    helpers = ArrayField(models.UUIDField(), default=list)
    supervised = models.BooleanField(default=False)
    reply = models.JSONField(null=True)
    refusal = models.JSONField(null=True)
    answer = models.TextField(default="", blank=True)
    outcome = short(20)
    satisfaction = models.SmallIntegerField(null=True)
    solved_confirmed = models.BooleanField(null=True)
    return_count = models.SmallIntegerField(default=0)
    reopen_count = models.SmallIntegerField(default=0)
    designated = models.BooleanField(default=False)
    escalated = models.BooleanField(default=False)
    asked = models.JSONField(default=list)
    closing = models.JSONField(default=dict)
    registered_at = models.DateTimeField(default=clock.now)
    triaged_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    resume_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    extensions = models.JSONField(default=list)
    channel = models.CharField(max_length=12, default="window")
    letter_in = models.UUIDField(null=True)
    letter_out = models.UUIDField(null=True)
    letter_seq = models.SmallIntegerField(default=0)
    letter_live = models.BooleanField(default=False)
    referral = models.JSONField(default=dict)
    intake = models.JSONField(default=dict)
    discovery_source = short()
    diagnosis = models.JSONField(null=True)
    repeat = models.BooleanField(default=False)
    visits_known = models.SmallIntegerField(null=True)
    material_notices = models.JSONField(default=list)
    sealed = models.BooleanField(default=False)
    circle = ArrayField(models.UUIDField(), default=list, blank=True)
    heads: dict[str, int]

    objects = Open["Case"]()
    every = models.Manager["Case"]()

    class Meta:
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="case_newest"),
            models.Index(fields=["lead_unit", "-registered_at", "-id"], name="case_of_unit"),
            models.Index(
                fields=["due_at", "id"], name="case_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(
                fields=["resume_at"], name="case_paused", condition=Q(resume_at__isnull=False)
            ),
            models.Index(
                fields=["closed_at", "id"], name="case_closed", condition=Q(closed_at__isnull=False)
            ),
            models.Index(fields=["registered_at"], name="case_sealed", condition=Q(sealed=True)),
            models.Index(
                fields=["letter_out"],
                name="case_referred",
                condition=Q(letter_out__isnull=False),
            ),
            *LISTS,
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number"),
            models.UniqueConstraint(
                fields=["letter_in"], name="case_letter_once", condition=Q(letter_in__isnull=False)
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.EXPLAINED, state=State.CLOSED)
                | Q(refusal__isnull=False)
                | Q(letter_out__isnull=False),
                name="case_no_veto",
            ),
        ]
