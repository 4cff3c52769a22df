"""What requests may say. Codes are checked here, rules in the services."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.cases.accountability.limits import TOOLS
from apps.cases.rules import (
    DELIVERY_METHODS,
    REPLY_OUTCOMES,
    Outcome,
)

TEXT = 5000
KNOWLEDGE = ("in", "merge", "no")
ACTS = ("not_permitted", "not_accepted", "no_action", "other")


def choice(*codes: str, **options: Any) -> serializers.ChoiceField:
    """One of these codes."""
    return serializers.ChoiceField(choices=list(codes), **options)


def line(size: int = 80, *, needed: bool = False) -> serializers.CharField:
    """One line; empty unless needed."""
    if needed:
        return serializers.CharField(max_length=size)
    return serializers.CharField(max_length=size, required=False, allow_blank=True, default="")


def text(*, needed: bool = False) -> serializers.CharField:
    """A paragraph or several."""
    return line(TEXT, needed=needed)


def enclosed() -> serializers.ListField:
    """Files that go along to the other hall; without it all that may."""
    return serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_null=True, default=None, max_length=200
    )


class DispatchIn(serializers.Serializer[Any]):
    lead_unit = serializers.UUIDField()
    assist_units = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=20
    )
    category = choice(
        *("cannot", "hard_single", "hard_cross", "unwilling"),
        required=False,
        allow_blank=True,
        default="",
    )
    note = text()


class ReturnIn(serializers.Serializer[Any]):
    reason_code = choice("not_our_duty", "needs_other_unit", "incomplete", "duplicate")
    note = text(needed=True)
    suggest_unit = serializers.UUIDField(required=False, allow_null=True, default=None)


class NothingIn(serializers.Serializer[Any]):
    """The step says everything."""


class ContactIn(serializers.Serializer[Any]):
    method = choice("phone", "visit", "message")
    result = choice("reached", "no_answer")
    spoken_with = line(40)
    next_step = line(200)
    answered = serializers.BooleanField(default=False)
    note = text()


class ReplyIn(serializers.Serializer[Any]):
    answer = text(needed=True)
    solved = choice("yes", "partly", "no")
    outcome = choice(*sorted(REPLY_OUTCOMES))
    legal_basis = line(40)
    proof = line(200)
    tools = serializers.ListField(child=choice(*TOOLS), required=False, default=list)


class ReviewIn(serializers.Serializer[Any]):
    decision = choice("pass", "reject")
    note = text()


class DeliverIn(serializers.Serializer[Any]):
    method = choice(*DELIVERY_METHODS)
    text = text(needed=True)
    materials_returned = line(200)
    files = enclosed()


class RemedyIn(serializers.Serializer[Any]):
    review_body = line(120, needed=True)
    litigation_court = line(120, needed=True)


class RefusalIn(serializers.Serializer[Any]):
    legal_basis = line(40, needed=True)
    explanation = text(needed=True)
    approver = serializers.UUIDField()
    remedy = RemedyIn()
    materials_needed = text()
    act = choice("", *ACTS, required=False, allow_blank=True, default="")
    organ = line(80)
    reason = text()
    handler = line(40)
    handler_title = line(40)


class ApprovalIn(serializers.Serializer[Any]):
    decision = choice("approve", "reject")
    note = text()


class ClosingIn(serializers.Serializer[Any]):
    """What the checklist asks for; what was said before need not be said again (§2.7)."""

    proof = line(200)
    received = line(200)
    tools = serializers.ListField(child=choice(*TOOLS), required=False, default=list)
    knowledge = choice("", *KNOWLEDGE, required=False, allow_blank=True, default="")
    value = line(200)
    amount = serializers.DecimalField(
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        required=False,
        allow_null=True,
        default=None,
    )
    saved_days = serializers.IntegerField(
        min_value=1, max_value=3650, required=False, allow_null=True, default=None
    )


class CallbackIn(serializers.Serializer[Any]):
    result = choice("solved", "unsolved", "unreachable")
    satisfaction = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, default=None
    )
    note = text()
    outcome = choice(*Outcome, required=False, allow_null=True, default=None)
    file = ClosingIn(required=False, allow_null=True, default=None)


class ReopenIn(serializers.Serializer[Any]):
    reason = text(needed=True)


class OnSpotIn(serializers.Serializer[Any]):
    method = choice(*DELIVERY_METHODS)
    text = text(needed=True)


class CloseIn(serializers.Serializer[Any]):
    outcome = choice(*Outcome)
    note = text()
    file = ClosingIn(required=False, allow_null=True, default=None)
    on_spot = OnSpotIn(required=False, allow_null=True, default=None)


class ReferralIn(serializers.Serializer[Any]):
    to_hall = serializers.UUIDField(required=False, allow_null=True, default=None)
    direction = choice("up", required=False, default="up")
    reason = text(needed=True)
    need_contact = serializers.BooleanField(default=False)
    legal_basis = line(40)
    purpose = line(400, needed=True)
    files = enclosed()


class AcceptIn(serializers.Serializer[Any]):
    note = text()


class ReferralReturnIn(serializers.Serializer[Any]):
    reason_code = choice("not_our_authority", "incomplete", "wrong_hall", "duplicate")
    note = text(needed=True)


class RevealIn(serializers.Serializer[Any]):
    field = choice("name", "phone", "id_number", "agent_name", "agent_phone", "agent_id_number")
    reason = choice("contact_applicant", "verify_identity", "make_document", "legal_request")
    note = text()
