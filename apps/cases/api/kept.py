"""What is shown as it was kept: the serializers here describe, they do not render."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.cases.api.inputs import ACTS, choice
from apps.cases.rules import Outcome


class PersonOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class KeptRemedyOut(serializers.Serializer[Any]):
    review_body = serializers.CharField()
    litigation_court = serializers.CharField()


class RemedyDatesOut(serializers.Serializer[Any]):
    """Until when one can turn where, counted from the notice (§3.9)."""

    notified_on = serializers.DateField()
    reexamination_until = serializers.DateField()
    review_until = serializers.DateField()
    suit_until = serializers.DateField()


class RefusalOut(serializers.Serializer[Any]):
    """`decision` is empty until the approver has decided."""

    legal_basis = serializers.CharField()
    explanation = serializers.CharField()
    materials_needed = serializers.CharField()
    remedy = KeptRemedyOut()
    proposer = PersonOut()
    proposed_by = PersonOut()
    approver = PersonOut()
    decision = choice("", "approve", "reject")
    decision_note = serializers.CharField()
    act = choice("", *ACTS, required=False)
    organ = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)
    basis_title = serializers.CharField(required=False)
    basis_text = serializers.CharField(required=False)
    handler = serializers.CharField(required=False)
    handler_title = serializers.CharField(required=False)
    explained_times = serializers.IntegerField(required=False)
    materials_returned = serializers.CharField(required=False)
    dates = RemedyDatesOut(required=False, allow_null=True)


class ReplyOut(serializers.Serializer[Any]):
    """Of another hall's answer only `answer` and `outcome` are known."""

    answer = serializers.CharField()
    outcome = choice("", *Outcome)
    solved = choice("yes", "partly", "no", required=False)
    legal_basis = serializers.CharField(required=False)


class TriedWindowOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    result = serializers.CharField()


@extend_schema_field(RefusalOut)
class RefusalField(serializers.JSONField):
    pass


@extend_schema_field(ReplyOut)
class ReplyField(serializers.JSONField):
    pass


@extend_schema_field(TriedWindowOut(many=True))
class TriedWindowsField(serializers.JSONField):
    pass


@extend_schema_field({"type": "object", "additionalProperties": True})
class DataField(serializers.JSONField):
    """Its members depend on the kind beside it."""
