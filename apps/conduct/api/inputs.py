"""What requests may say."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import choice, line, text
from apps.cases.api.intake_inputs import ApplicantIn
from apps.cases.api.sealing import many_ids
from apps.cases.rules import DELIVERY_METHODS
from apps.cases.services.sealing import Accusation
from apps.conduct.queries import PERSONAL
from apps.conduct.rules import FACTS, NOTE_KINDS, TAGS, MeasureKind, Result


def codes(allowed: tuple[str, ...]) -> serializers.ListField:
    """Some of these codes."""
    return serializers.ListField(
        child=choice(*allowed), required=False, default=list, max_length=len(allowed)
    )


class AccusationIn(serializers.Serializer[Any]):
    accused_units = many_ids()
    accused_posts = many_ids()
    accused_others = line(400)
    facts = codes(FACTS)
    tags = codes(TAGS)


def accusation(body: dict[str, Any]) -> Accusation:
    """Take the accusation's words out of a body."""
    return Accusation(
        units=tuple(body.pop("accused_units")),
        posts=tuple(body.pop("accused_posts")),
        others=body.pop("accused_others"),
        facts=tuple(body.pop("facts")),
        tags=tuple(body.pop("tags")),
    )


class FileIn(AccusationIn):
    title = line(120, needed=True)
    detail = text(needed=True)
    want = text()
    person = ApplicantIn()
    pii_notice_accepted = serializers.BooleanField()

    def validate_pii_notice_accepted(self, value: bool) -> bool:
        """Without the notice nothing personal may be written down (PIPL 13, 17)."""
        if not value:
            raise serializers.ValidationError(code="required")
        return value


class CaseSealIn(AccusationIn):
    note = text()


class AccuseIn(AccusationIn):
    note = text(needed=True)


class FileNoteIn(serializers.Serializer[Any]):
    note = text()


class FileLogIn(serializers.Serializer[Any]):
    kind = choice(*NOTE_KINDS)
    text = text(needed=True)


class HandlersIn(serializers.Serializer[Any]):
    posts = many_ids()


class RecusalIn(serializers.Serializer[Any]):
    """Without a post: oneself."""

    post = serializers.UUIDField(required=False, allow_null=True, default=None)
    reason = text(needed=True)


class FileFindingIn(serializers.Serializer[Any]):
    result = choice(*Result)
    text = text(needed=True)


class MeasureIn(serializers.Serializer[Any]):
    kind = choice(*MeasureKind)
    text = text(needed=True)
    post = serializers.UUIDField(required=False, allow_null=True, default=None)
    subject = line(80)
    points = serializers.IntegerField(
        min_value=0, max_value=100, required=False, allow_null=True, default=None
    )
    served = serializers.BooleanField(default=False)


class ClueHandOverIn(serializers.Serializer[Any]):
    body = line(100, needed=True)
    what = text(needed=True)
    handed_on = serializers.DateField()
    receipt = line(80, needed=True)


class FileReleaseIn(serializers.Serializer[Any]):
    text = text(needed=True)
    units = many_ids()


class FileFeedbackIn(serializers.Serializer[Any]):
    method = choice(*DELIVERY_METHODS)
    text = text(needed=True)


class FileSendUpIn(serializers.Serializer[Any]):
    reason = text(needed=True)


class CarryOnIn(serializers.Serializer[Any]):
    title = line(120, needed=True)
    detail = text(needed=True)
    want = text(needed=True)


class IdentityIn(serializers.Serializer[Any]):
    field = choice(*PERSONAL)
    reason = choice("contact_applicant", "verify_identity", "make_document", "legal_request")
    note = text()


class IdentityDecisionIn(serializers.Serializer[Any]):
    decision = choice("approve", "decline")


class MeasureAppealIn(serializers.Serializer[Any]):
    text = text(needed=True)


class MeasureAppealDecisionIn(serializers.Serializer[Any]):
    decision = choice("upheld", "lifted")
    text = text(needed=True)
