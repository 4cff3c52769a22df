"""What answers look like. Nothing here holds the person: of them only which fields are kept."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.cases.api.inputs import choice
from apps.cases.api.kept import DataField
from apps.cases.api.shapes import CARDS, CaseSummaryOut, maybe, moment
from apps.conduct.rules import MeasureKind, Result, State, Step


def codes() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField())


class AccusedOut(serializers.Serializer[Any]):
    kind = choice("unit", "post")
    id = serializers.UUIDField()
    name = serializers.CharField()


class RecusalOut(serializers.Serializer[Any]):
    post = serializers.UUIDField()
    name = serializers.CharField()
    reason = serializers.CharField()
    ordered = serializers.BooleanField()
    at = serializers.DateTimeField()


class FileFindingOut(serializers.Serializer[Any]):
    result = choice(*Result)
    text = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class ClueHandOverOut(serializers.Serializer[Any]):
    body = serializers.CharField()
    what = serializers.CharField()
    handed_on = serializers.DateField()
    receipt = serializers.CharField()
    by = serializers.CharField()


class FileReleaseOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    at = serializers.DateTimeField()


class FileFeedbackOut(FileReleaseOut):
    method = serializers.CharField()


class AppealWordOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    decision = serializers.CharField()


@extend_schema_field(AccusedOut(many=True))
class AccusedField(serializers.JSONField):
    pass


@extend_schema_field(RecusalOut(many=True))
class RecusalsField(serializers.JSONField):
    pass


@extend_schema_field(FileFindingOut)
class FindingField(serializers.JSONField):
    pass


@extend_schema_field(ClueHandOverOut(many=True))
class HandOversField(serializers.JSONField):
    pass


@extend_schema_field(FileReleaseOut)
class ReleaseField(serializers.JSONField):
    pass


@extend_schema_field(FileFeedbackOut)
class FeedbackField(serializers.JSONField):
    pass


@extend_schema_field(AppealWordOut)
class WordField(serializers.JSONField):
    pass


class FileRowOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    state = choice(*State)
    title = serializers.CharField()
    facts = codes()
    tags = codes()
    accused = AccusedField()
    others = serializers.CharField()
    result = choice("", *Result)
    opened_at = serializers.DateTimeField()
    registered_at = serializers.DateTimeField()
    due_at = moment()
    version = serializers.IntegerField()


class FilesOut(serializers.Serializer[Any]):
    results = FileRowOut(many=True)
    next = maybe()


class MeasureOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = choice(*MeasureKind)
    subject = serializers.CharField(required=False)
    text = serializers.CharField()
    points = serializers.IntegerField(allow_null=True)
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField()
    served_at = moment()
    appeal = WordField(allow_null=True)
    appeal_decision = WordField(allow_null=True)
    version = serializers.IntegerField()


class MeasuresOut(serializers.Serializer[Any]):
    results = MeasureOut(many=True)


class IdentityAskedOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    field = serializers.CharField()
    reason = serializers.CharField()
    note = serializers.CharField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    decided_by = serializers.CharField()
    approved = serializers.BooleanField(allow_null=True)
    shown_at = moment()
    until = moment()
    may_decide = serializers.BooleanField()
    may_show = serializers.BooleanField()


class IdentityShownOut(serializers.Serializer[Any]):
    value = serializers.CharField()


class CirclePostOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    roles = codes()


class VerifyClockOut(serializers.Serializer[Any]):
    due_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    done_at = moment()
    card = choice(*CARDS)


class FileLineOut(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    actor = serializers.CharField()
    note = maybe()
    data = DataField()  # type: ignore[assignment]


class KeptPersonOut(serializers.Serializer[Any]):
    """`fields` are those that could be asked for."""

    kind = serializers.CharField()
    relation = serializers.CharField()
    fields = codes()  # type: ignore[assignment]


class FileOut(FileRowOut):
    detail = serializers.CharField()
    want = serializers.CharField()
    deadline = VerifyClockOut(allow_null=True)
    timeline = FileLineOut(many=True)
    circle = CirclePostOut(many=True)
    handlers = CirclePostOut(many=True)
    recused = RecusalsField()
    finding = FindingField(allow_null=True)
    measures = MeasureOut(many=True)
    handed_over = HandOversField()
    released = ReleaseField(allow_null=True)
    released_units = serializers.ListField(child=serializers.UUIDField())
    feedback = FeedbackField(allow_null=True)
    matter = serializers.UUIDField(allow_null=True)
    archived_at = moment()
    person = KeptPersonOut(allow_null=True)
    reveals = IdentityAskedOut(many=True)
    allowed_steps = serializers.ListField(child=choice(*Step))


class FileReceiptOut(serializers.Serializer[Any]):
    """What the citizen takes home. `tracking_code` is told in this answer only."""

    number = serializers.CharField()
    tracking_code = serializers.CharField()


class CarriedOnOut(FileReceiptOut):
    id = serializers.UUIDField()


class FileActOut(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    action = serializers.CharField()
    by = serializers.CharField()


class FileActsOut(serializers.Serializer[Any]):
    results = FileActOut(many=True)


class FileReleasesOut(serializers.Serializer[Any]):
    results = FileReleaseOut(many=True)


class ConductCellOut(serializers.Serializer[Any]):
    """`count` is null where it is too small to be told."""

    month = serializers.DateField()
    district = serializers.CharField()
    category = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)


class ConductCellsOut(serializers.Serializer[Any]):
    results = ConductCellOut(many=True)


class PatternCaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()


class PatternOut(serializers.Serializer[Any]):
    place = choice("clerk", "window")
    id = serializers.UUIDField()
    name = serializers.CharField()
    agent_masked = serializers.CharField()
    cases = PatternCaseOut(many=True)


class PatternsOut(serializers.Serializer[Any]):
    results = PatternOut(many=True)


class ConductWatchOut(serializers.Serializer[Any]):
    refusals = CaseSummaryOut(many=True)
    bounces = CaseSummaryOut(many=True)
    overdue = CaseSummaryOut(many=True)
