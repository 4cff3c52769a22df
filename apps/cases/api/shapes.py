"""What answers look like."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.accountability_shapes import AccountabilityOut, AssistUnitOut
from apps.cases.api.inputs import choice
from apps.cases.api.intake_shapes import IntakeOut, PushField, SlipField
from apps.cases.api.kept import DataField, RefusalField, ReplyField, TriedWindowsField
from apps.cases.api.time_shapes import ElapsedOut, PausedOut, TimeOut
from apps.cases.rules import (
    STEPS_OF_PEOPLE,
    Answer,
    Cause,
    Difficulty,
    Outcome,
    ReceptionOutcome,
    Stage,
    State,
    Urgency,
)
from apps.cases.timekeeping.cards import Card
from bancheng.city.exchange.kinds import Direction, LetterState

CARDS = [card.word for card in Card]


def maybe(**options: Any) -> serializers.CharField:
    """A text that may be null."""
    return serializers.CharField(allow_null=True, **options)


def moment() -> serializers.DateTimeField:
    """An instant that may not have come."""
    return serializers.DateTimeField(allow_null=True)


class NamedRefOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class ClockOut(serializers.Serializer[Any]):
    """The clock to show: worst card first, then earliest. Minutes are working minutes."""

    id = serializers.UUIDField()
    stage = choice(*Stage)
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    card = choice(*CARDS)
    provisional = serializers.BooleanField()
    remaining_minutes = serializers.IntegerField()


class CaseReferralOut(serializers.Serializer[Any]):
    direction = choice("in", "out")
    letter = serializers.UUIDField()
    hall = NamedRefOut()
    state = choice(*LetterState)


class CaseSummaryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    state = choice(*State)
    cause = choice(*Cause, allow_null=True)
    blocking_reason = maybe()
    urgency = choice(*Urgency)
    confidential = serializers.BooleanField()
    registered_at = serializers.DateTimeField()
    deadline = ClockOut(allow_null=True)
    lead_unit = NamedRefOut(allow_null=True)
    first_responder = NamedRefOut()
    applicant_masked = serializers.CharField()
    version = serializers.IntegerField()
    referral = CaseReferralOut(allow_null=True)
    paused = PausedOut(allow_null=True)
    elapsed = ElapsedOut(allow_null=True)


class CasesOut(serializers.Serializer[Any]):
    results = CaseSummaryOut(many=True)
    next = maybe()


class ItemOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class ReceptionTicketOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    taken_at = moment()
    called_at = moment()
    wait_seconds = serializers.IntegerField(allow_null=True)
    window = NamedRefOut(allow_null=True)


class ReceptionOut(serializers.Serializer[Any]):
    """`misuse`: first choice without having tried an ordinary window (M-19)."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    first_responder = NamedRefOut()
    ticket = ReceptionTicketOut(allow_null=True)
    matter = serializers.CharField()
    service_item = maybe()
    applicant_kind = choice("person", "enterprise", "sole_trader", "other")
    tried_windows = TriedWindowsField()
    visit_count = serializers.IntegerField()
    ordinary_window_tried = serializers.BooleanField(allow_null=True)
    exemption = maybe()
    misuse = serializers.BooleanField()
    pushed_from = maybe()
    outcome = choice(*ReceptionOutcome)
    reason_code = maybe()
    right_channel = maybe()
    answer = maybe()
    push = PushField(allow_null=True)
    slip = SlipField(allow_null=True)
    merged_case = serializers.UUIDField(allow_null=True)
    visits_known = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


class ReceptionsOut(serializers.Serializer[Any]):
    results = ReceptionOut(many=True)
    next = maybe()


class CaseReceptionOut(ReceptionOut):
    service_seconds = serializers.IntegerField(allow_null=True)


class TriageOut(serializers.Serializer[Any]):
    should_do = choice(*Answer)
    can_do = choice(*Answer)
    cause = choice(*Cause)
    blocking_reason = serializers.CharField()
    difficulty = choice(*Difficulty)
    note = serializers.CharField()


class ApplicantOut(serializers.Serializer[Any]):
    """Masks only; plain values come one by one through `reveal`."""

    name = serializers.CharField()
    phone = serializers.CharField()
    id_number = maybe()
    kind = choice("person", "enterprise", "sole_trader", "other")
    relation = choice("self", "family", "agent")
    enterprise_name = maybe()


class DeadlineOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    stage = choice(*Stage)
    owner = NamedRefOut()
    started_at = serializers.DateTimeField()
    due_at = moment()
    due_on = serializers.DateField(allow_null=True)
    done_at = moment()
    card = choice(*CARDS)
    provisional = serializers.BooleanField()
    rule = serializers.CharField()
    first_due_on = serializers.DateField(allow_null=True)
    extended_days = serializers.IntegerField()


class TimelineActorOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    unit = serializers.CharField()


class TimelineOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    actor = TimelineActorOut()
    to = maybe()
    note = maybe()
    data = DataField()  # type: ignore[assignment]

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of the language and cannot be written as an attribute."""
        return super().get_fields() | {"from": maybe()}


class CaseOut(IntakeOut, CaseSummaryOut, TimeOut):
    detail = serializers.CharField()
    want = serializers.CharField()
    service_item = ItemOut(allow_null=True)
    blocked_stage = maybe()
    wanted_by = serializers.DateField(allow_null=True)
    reception = CaseReceptionOut(allow_null=True)
    triage = TriageOut(allow_null=True)
    applicant = ApplicantOut()
    assist_units = AssistUnitOut(many=True)
    accountability = AccountabilityOut()
    handler = NamedRefOut(allow_null=True)
    reply = ReplyField(allow_null=True)
    answer = maybe()
    deadlines = DeadlineOut(many=True)
    timeline = TimelineOut(many=True)
    allowed_steps = serializers.ListField(child=choice(*STEPS_OF_PEOPLE))
    undo_until = moment()
    outcome = choice(*Outcome, allow_null=True)
    satisfaction = serializers.IntegerField(allow_null=True)
    refusal = RefusalField(allow_null=True)
    visit_count = serializers.IntegerField()
    pushed_from = maybe()
    return_count = serializers.IntegerField()
    reopen_count = serializers.IntegerField()
    tracking_number = serializers.CharField()
    dispatched_at = moment()
    replied_at = moment()
    delivered_at = moment()
    called_back_at = moment()
    closed_at = moment()


class NewCaseOut(CaseOut):
    """`tracking_code` is told in this answer only."""

    tracking_code = serializers.CharField()


class RevealOut(serializers.Serializer[Any]):
    value = serializers.CharField()
    expires_in = serializers.IntegerField()


class ReferralEventOut(serializers.Serializer[Any]):
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    note = maybe()
    data = DataField()  # type: ignore[assignment]


class EnclosedOut(serializers.Serializer[Any]):
    """A file that goes along: `offered` until the letter is accepted, then `coming` until it has
    `arrived`, was `refused` by the other hall's policy, or is `gone`. `id` is this hall's own."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()
    size = serializers.IntegerField()
    personal = serializers.BooleanField()
    with_answer = serializers.BooleanField()
    state = choice("offered", "coming", "arrived", "refused", "gone")


class ReferralOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    direction = choice(*Direction)
    from_hall = NamedRefOut()
    to_hall = NamedRefOut()
    state = choice(*LetterState)
    case_number = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    want = serializers.CharField()
    cause = serializers.CharField()
    applicant_masked = serializers.CharField()
    reason = serializers.CharField()
    purpose = serializers.CharField()
    legal_basis = maybe()
    sent_at = serializers.DateTimeField()
    accept_due_at = serializers.DateTimeField()
    promised_on = serializers.DateField()
    receiver_due_on = serializers.DateField(allow_null=True)
    case_id = serializers.UUIDField(allow_null=True)
    card = choice(*CARDS)
    events = ReferralEventOut(many=True)
    files = EnclosedOut(many=True)
    version = serializers.IntegerField()


class ReferralsOut(serializers.Serializer[Any]):
    results = ReferralOut(many=True)
    next = maybe()
