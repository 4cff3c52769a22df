from django.db import models
from django.db.models import Q

from apps.cases.rules import Outcome, ReceptionOutcome, Stage, State, Urgency
from bancheng.kernel import clock, ids


def short(size: int = 20) -> "models.CharField[str, str]":
    """A code or a name that may be missing."""
    return models.CharField(max_length=size, default="", blank=True)


class Reception(models.Model):
    """Somebody came to the desk: counted, whether or not it becomes a case (design.md §4).

    The ticket's number and times are a copy; `ordinary_window_tried` None is “not known”.
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

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="reception_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(visit_count__gte=1), name="reception_visits"),
            models.CheckConstraint(
                condition=~Q(outcome=ReceptionOutcome.NOT_ACCEPTED)
                | (~Q(reason_code="") & ~Q(right_channel="")),
                name="reception_reason",
            ),
        ]


class Case(models.Model):
    """A stuck matter with one accountable person (C-61).

    `version` moves with every step, `last_seq` with every event. `due_at` is the earliest open
    deadline, null when no clock runs. `letter_in` is the referral it came with, `letter_out` the
    one it went away with, applied up to line `letter_seq`; `letter_live` while more may come.
    `referral` keeps the halls of both by name.
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
    reply = models.JSONField(null=True)
    refusal = models.JSONField(null=True)
    answer = models.TextField(default="", blank=True)
    outcome = short(20)
    satisfaction = models.SmallIntegerField(null=True)
    solved_confirmed = models.BooleanField(null=True)
    return_count = models.SmallIntegerField(default=0)
    reopen_count = models.SmallIntegerField(default=0)
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
    letter_in = models.UUIDField(null=True)
    letter_out = models.UUIDField(null=True)
    letter_seq = models.SmallIntegerField(default=0)
    letter_live = models.BooleanField(default=False)
    referral = models.JSONField(default=dict)
    heads: dict[str, int]

    class Meta:
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="case_newest"),
            models.Index(fields=["lead_unit", "-registered_at", "-id"], name="case_of_unit"),
            models.Index(fields=["due_at"], name="case_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["closed_at"], name="case_closed", condition=Q(closed_at__isnull=False)
            ),
            models.Index(
                fields=["letter_out"],
                name="case_referred",
                condition=Q(letter_out__isnull=False),
            ),
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


class Applicant(models.Model):
    """Who asked: sealed values, the masks shown instead, keyed hashes to find repeats by (§4.3).

    A sealed field is null when it was not given or did not travel with a referral.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    kind = short()
    relation = short(10)
    enterprise_name = short(120)
    name_mask = short(20)
    phone_mask = short(20)
    id_mask = short(20)
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    id_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    id_index = models.BinaryField(max_length=16, null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["phone_index"],
                name="applicant_phone",
                condition=Q(phone_index__isnull=False),
            )
        ]


class CaseEvent(models.Model):
    """One line of a case's history, numbered without gaps. Rows only come, never change."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    kind = models.CharField(max_length=24)
    at = models.DateTimeField(default=clock.now)
    actor_post = models.UUIDField(null=True)
    actor_name = short(40)
    actor_unit = short(100)
    before = short()
    after = short()
    note = models.TextField(default="", blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="case_event_at"),
            models.Index(
                fields=["actor_post", "at"], name="case_event_reveal", condition=Q(kind="reveal")
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="case_event_seq")]


class Deadline(models.Model):
    """One stage's clock, kept with the rule it ran by, so that it can always be explained.

    `ended` is how it ended: done, or dropped when the stage went away; empty while it runs.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    stage = models.CharField(max_length=20, choices=[(s, s) for s in Stage])
    category = short()
    rule = models.CharField(max_length=40)
    policy_source = models.CharField(max_length=10)
    policy_basis = models.CharField(max_length=200)
    owner = models.UUIDField(null=True)
    owner_name = short(100)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    ended = short(10)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="deadline_open", condition=Q(ended="")),
            models.Index(fields=["due_on", "stage"], name="deadline_due_on"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage"], name="deadline_one_open", condition=Q(ended="")
            )
        ]
