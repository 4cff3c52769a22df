"""What the intake, the triage and merging may be told."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import TEXT, choice, line, text
from apps.cases.api.sealing import SealIn
from apps.cases.intake.link_kinds import BY_PEOPLE
from apps.cases.rules import Answer, Cause, Difficulty, ReceptionOutcome, Urgency
from bancheng.city.calendar.declared import CHANNELS
from bancheng.city.catalogue.desk_codes import (
    AUTHORITY_KINDS,
    BLOCKED_STAGES,
    DISCOVERY_SOURCES,
    SPECIAL_SITUATIONS,
)
from bancheng.kernel.hall import Level

_PHONE = r"^[0-9+\- ]{5,20}$"
_LEAF = r"^[A-H][1-9][0-9]?$"
_OPTIONAL_PHONE = r"^[0-9+\- ]{0,20}$"
_ID = r"^[0-9A-Za-z ]{0,24}$"


def coded(codes: Any, **options: Any) -> serializers.ChoiceField:
    """One of a list's codes, or blank."""
    return choice(*codes, required=False, allow_blank=True, default="", **options)


def id_number() -> serializers.RegexField:
    return serializers.RegexField(_ID, required=False, allow_blank=True, default="")


def lines(most: int = 20, size: int = 120) -> serializers.ListField:
    """Several short texts."""
    child = serializers.CharField(max_length=size)
    return serializers.ListField(child=child, required=False, default=list, max_length=most)


class AuthorityOfAgentIn(serializers.Serializer[Any]):
    kind = choice(*AUTHORITY_KINDS)
    scope = line(200, needed=True)
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)


class AgentIn(serializers.Serializer[Any]):
    name = line(40, needed=True)
    phone = serializers.RegexField(_PHONE)
    id_number = id_number()
    authority = AuthorityOfAgentIn()


class SlipIn(serializers.Serializer[Any]):
    what = line(400, needed=True)
    where = line(200, needed=True)
    bring = lines()
    whom = line(40)
    phone = line(40)


class ToldIn(serializers.Serializer[Any]):
    told_reason = text()
    materials = lines()
    special = serializers.ListField(
        child=choice(*SPECIAL_SITUATIONS), required=False, default=list, max_length=7
    )
    urgency_reason = line(200)
    alias = serializers.BooleanField(default=False)


class TriedWindowIn(serializers.Serializer[Any]):
    name = line(needed=True)
    result = line(200)


class ReceptionIn(serializers.Serializer[Any]):
    """`phone` and `id_number` are only counted by keyed hashes (C-34), never kept."""

    ticket = serializers.UUIDField(required=False, allow_null=True, default=None)
    matter = text(needed=True)
    service_item = line(40)
    applicant_kind = choice("person", "enterprise", "sole_trader", "other")
    tried_windows = TriedWindowIn(many=True, required=False, default=list)
    visit_count = serializers.IntegerField(min_value=1, max_value=99, default=1)
    ordinary_window_tried = serializers.BooleanField(allow_null=True, default=None)
    exemption = line(40)
    pushed_from = line()
    pushed_unit = serializers.UUIDField(required=False, allow_null=True, default=None)
    pushed_role = line(40)
    outcome = choice(*ReceptionOutcome)
    reason_code = line(40)
    right_channel = text()
    answer = text()
    slip = SlipIn(required=False, allow_null=True, default=None)
    merged_case = serializers.UUIDField(required=False, allow_null=True, default=None)
    phone = serializers.RegexField(_OPTIONAL_PHONE, required=False, allow_blank=True, default="")
    id_number = id_number()


class ApplicantIn(serializers.Serializer[Any]):
    name = line(40, needed=True)
    phone = serializers.RegexField(_PHONE)
    id_number = id_number()
    kind = choice("person", "enterprise", "sole_trader", "other")
    enterprise_name = line(120)
    relation = choice("self", "family", "agent")
    agent = AgentIn(required=False, allow_null=True, default=None)


class CaseIn(serializers.Serializer[Any]):
    reception = serializers.UUIDField()
    title = line(120, needed=True)
    detail = text(needed=True)
    want = text(needed=True)
    applicant = ApplicantIn()
    service_item = line(40)
    blocked_stage = coded(BLOCKED_STAGES)
    visit_count = serializers.IntegerField(min_value=1, max_value=99, default=1)
    pushed_from = line()
    urgency = choice(*Urgency, default=Urgency.NORMAL)
    confidential = serializers.BooleanField(default=False)
    wanted_by = serializers.DateField(required=False, allow_null=True, default=None)
    discovery_source = choice(*DISCOVERY_SOURCES, required=False, default="applicant")
    channel = choice(*CHANNELS, required=False, default="window")
    told = ToldIn(required=False, allow_null=True, default=None)
    pii_notice_accepted = serializers.BooleanField()

    def validate_pii_notice_accepted(self, value: bool) -> bool:
        """Without the notice nothing personal may be written down (PIPL 13, 17)."""
        if not value:
            raise serializers.ValidationError(code="required")
        return value


class ConflictIn(serializers.Serializer[Any]):
    document_a = line(80, needed=True)
    document_b = line(80, needed=True)
    differs_in = line(80, needed=True)
    note = line(200)


class DiagnosisIn(serializers.Serializer[Any]):
    text = line(TEXT)
    conflict = ConflictIn(required=False, allow_null=True, default=None)
    evidence = lines()


class TriageIn(SealIn):
    """`dispatch` hands the case at once to the department that its item names (C-39)."""

    should_do = choice(*Answer)
    can_do = choice(*Answer)
    cause = choice(*Cause)
    blocking_reason = serializers.RegexField(_LEAF)
    difficulty = choice(*Difficulty)
    note = text()
    blocked_stage = coded(BLOCKED_STAGES)
    discovery_source = coded(DISCOVERY_SOURCES)
    diagnosis = DiagnosisIn(required=False, allow_null=True, default=None)
    dispatch = serializers.BooleanField(default=False)


class CauseChangeIn(SealIn):
    should_do = choice(*Answer)
    can_do = choice(*Answer)
    cause = choice(*Cause)
    blocking_reason = serializers.RegexField(_LEAF)
    reason = text(needed=True)


class CheckIn(serializers.Serializer[Any]):
    phone = line(30)
    id_number = id_number()
    service_item = line(40)
    matter = line(120)


class MergeIn(serializers.Serializer[Any]):
    into = serializers.UUIDField()
    note = text(needed=True)


class NoteIn(serializers.Serializer[Any]):
    note = text(needed=True)


class LinkIn(serializers.Serializer[Any]):
    other = serializers.UUIDField()
    kind = choice(*BY_PEOPLE)
    note = text()


class UnlinkIn(serializers.Serializer[Any]):
    link = serializers.UUIDField()
    note = text()


class MaterialIn(serializers.Serializer[Any]):
    name = line(120, needed=True)
    form = line(120)
    where = line(200)


class MaterialNoticeIn(serializers.Serializer[Any]):
    materials = MaterialIn(many=True, allow_empty=False)
    told = choice("printed", "sms", "spoken")
    reason = line(400)


class ContactDataIn(serializers.Serializer[Any]):
    phone = serializers.RegexField(_PHONE)
    asked_by = choice("applicant", "agent")
    confirmed = choice("present", "called_back", required=False, allow_blank=True, default="")


class DeciderIn(serializers.Serializer[Any]):
    level = choice(*Level)
    unit = line(80, needed=True)
    since = serializers.DateField()
    until = serializers.DateField(required=False, allow_null=True, default=None)
    basis = line(200)


class EvidenceIn(serializers.Serializer[Any]):
    """`reason`: the blocking reason that it answers; empty for any (C-72)."""

    name = line(120, needed=True)
    held_by = line(120)
    reason = line(8)


class MatrixIn(serializers.Serializer[Any]):
    """All rows of one item; an absent list leaves that part as it is."""

    item = line(40, needed=True)
    deciders = DeciderIn(many=True, required=False, allow_null=True, default=None)
    evidence = EvidenceIn(many=True, required=False, allow_null=True, default=None)
