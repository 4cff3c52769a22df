"""What requests to oversight may say."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import choice, line
from apps.cases.api.inputs import text as paragraph
from apps.oversight.rules import CRITERIA, DutyRole, OrderReason, Part

Shape = serializers.Serializer[Any]


def _days() -> serializers.IntegerField:
    """Working days; without them the limit in force holds."""
    return serializers.IntegerField(
        min_value=1, max_value=60, required=False, allow_null=True, default=None
    )


class CardAppealIn(Shape):
    reason = paragraph(needed=True)


class CardDecisionIn(Shape):
    decision = choice("lift", "uphold")
    note = paragraph(needed=True)


class UrgeIn(Shape):
    text = paragraph(needed=True)


class SupervisionIn(Shape):
    reason_code = choice(*OrderReason)
    text = paragraph(needed=True)
    wanted = paragraph(needed=True)
    days = _days()


class RectifyIn(SupervisionIn):
    """Without `unit` the desk itself is ordered."""

    unit = serializers.UUIDField(required=False, allow_null=True, default=None)
    case = serializers.UUIDField(required=False, allow_null=True, default=None)


class OrderAnswerIn(Shape):
    text = paragraph(needed=True)
    proof = paragraph(needed=True)


class OrderDecisionIn(Shape):
    decision = choice("accept", "reject")
    note = paragraph()
    days = _days()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["decision"] == "reject" and not attrs["note"].strip():
            raise serializers.ValidationError({"note": "required"}, code="required")
        return attrs


class DutyIn(Shape):
    day = serializers.DateField()
    part = choice(*Part)
    role = choice(*DutyRole)
    post = serializers.UUIDField()


class CoverIn(Shape):
    post = serializers.UUIDField(required=False, allow_null=True, default=None)
    reason = line(200, needed=True)


class SwapIn(Shape):
    other = serializers.UUIDField()


class DutyNoteIn(Shape):
    text = line(500, needed=True)


class CheckSampleIn(Shape):
    month = serializers.RegexField(r"^20[0-9]{2}-(0[1-9]|1[0-2])$")


class CheckReviewIn(Shape):
    decision = choice("confirmed", "dismissed")
    note = paragraph(needed=True)


class CheckCriteriaIn(Shape):
    """The five questions of C-92."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.BooleanField() for name in CRITERIA}


class CheckScoreIn(Shape):
    criteria = CheckCriteriaIn()
    note = paragraph()
