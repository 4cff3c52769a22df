"""What the intake's part of a case, its checks and its figures look like."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.cases.api.inputs import choice
from apps.cases.api.intake_inputs import DiagnosisIn, SlipIn
from apps.cases.intake.link_kinds import LinkKind
from apps.cases.rules import State
from bancheng.kernel.hall import Level


class RefOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class ToldOut(serializers.Serializer[Any]):
    told_reason = serializers.CharField()
    materials = serializers.ListField(child=serializers.CharField())
    special = serializers.ListField(child=serializers.CharField())
    urgency_reason = serializers.CharField()
    alias = serializers.BooleanField()
    notice_version = serializers.CharField()


class VisitsOut(serializers.Serializer[Any]):
    """`told` at the desk, `known` to the network's halls (null: nobody was asked for)."""

    told = serializers.IntegerField()
    known = serializers.IntegerField(allow_null=True)
    alert = serializers.BooleanField()


class MaterialOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    form = serializers.CharField()
    where = serializers.CharField()


class MaterialNoticeOut(serializers.Serializer[Any]):
    """`late`: asked for after the one-time notice, which should have been complete."""

    id = serializers.UUIDField()
    materials = MaterialOut(many=True)
    told = choice("printed", "sms", "spoken")
    at = serializers.DateTimeField()
    by = serializers.CharField()
    late = serializers.BooleanField()
    reason = serializers.CharField()


class AuthorityOfAgentOut(serializers.Serializer[Any]):
    kind = serializers.CharField()
    scope = serializers.CharField()
    valid_until = serializers.DateField(allow_null=True)


class RepresentativeOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    phone = serializers.CharField()
    id_number = serializers.CharField(allow_null=True)
    authority = AuthorityOfAgentOut()


class LinkedCaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    state = choice(*State)


class LinkOut(serializers.Serializer[Any]):
    """`direction` out: this case is the one that repeats, splits off or rests in the other."""

    id = serializers.UUIDField()
    kind = choice(*LinkKind)
    direction = choice("out", "in")
    case = LinkedCaseOut()
    note = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    by = serializers.CharField()
    undo_until = serializers.DateField(allow_null=True)


@extend_schema_field(ToldOut)
class ToldField(serializers.JSONField):
    pass


@extend_schema_field(MaterialNoticeOut(many=True))
class MaterialNoticesField(serializers.JSONField):
    pass


@extend_schema_field(DiagnosisIn)
class DiagnosisField(serializers.JSONField):
    pass


@extend_schema_field(SlipIn)
class SlipField(serializers.JSONField):
    pass


class PushOut(serializers.Serializer[Any]):
    unit = RefOut(allow_null=True)
    window = serializers.CharField()
    staff_role = serializers.CharField()


@extend_schema_field(PushOut)
class PushField(serializers.JSONField):
    pass


class IntakeOut(serializers.Serializer[Any]):
    """`intake_steps` are what the asker may do beside `allowed_steps`."""

    told = ToldField(allow_null=True)
    discovery_source = serializers.CharField(allow_null=True)
    diagnosis = DiagnosisField(allow_null=True)
    repeat = serializers.BooleanField()
    visits = VisitsOut()
    material_notices = MaterialNoticesField()
    representative = RepresentativeOut(allow_null=True)
    links = LinkOut(many=True)
    merged_into = LinkOut(allow_null=True)
    minutes_to_dispatch = serializers.IntegerField(allow_null=True)
    intake_steps = serializers.ListField(child=serializers.CharField())


class CandidateOut(serializers.Serializer[Any]):
    case = LinkedCaseOut()
    why = choice("same_item", "similar_text")
    open = serializers.BooleanField()
    registered_at = serializers.DateTimeField(source="case.registered_at")


class CheckedOut(serializers.Serializer[Any]):
    """`known` counts this visit too."""

    known = serializers.IntegerField()
    alert = serializers.BooleanField()
    candidates = CandidateOut(many=True)


class CandidatesOut(serializers.Serializer[Any]):
    results = CandidateOut(many=True)


class DeciderOut(serializers.Serializer[Any]):
    item = serializers.CharField()
    level = choice(*Level)
    unit = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    basis = serializers.CharField()


class EvidenceOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    held_by = serializers.CharField()
    reason = serializers.CharField()


class RoutingOut(serializers.Serializer[Any]):
    why = choice("decided_here", "decided_above", "decided_below", "no_department", "no_item")
    unit = RefOut(allow_null=True)
    hall = RefOut(allow_null=True)
    deciders = DeciderOut(many=True)
    evidence = EvidenceOut(many=True)
    repeats = serializers.IntegerField()
    reserved = serializers.BooleanField()


class MatrixOut(serializers.Serializer[Any]):
    results = DeciderOut(many=True)


class ItemMatrixOut(serializers.Serializer[Any]):
    item = serializers.CharField()
    deciders = DeciderOut(many=True)
    evidence = EvidenceOut(many=True)
