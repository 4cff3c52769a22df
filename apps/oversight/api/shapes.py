"""Oversight's answers."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import choice
from apps.cases.rules import Outcome, Stage, State
from apps.oversight.rules import (
    CardState,
    CheckKind,
    CheckState,
    DutyRole,
    DutyState,
    Level,
    OrderKind,
    OrderReason,
    OrderState,
    Part,
    StallKind,
)

Shape = serializers.Serializer[Any]
LEVELS = tuple(level.word for level in Level if level)


class OversightOwnerOut(Shape):
    """Without id it is the desk."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class OversightCaseOut(Shape):
    """Title and state only for who may open the case."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField(allow_null=True)
    state = choice(*State, allow_null=True)


class OversightSaidOut(Shape):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    at = serializers.DateTimeField()
    text = serializers.CharField()
    decision = serializers.CharField()


class CardOut(Shape):
    """A level that a clock reached, with everything that explains it (§3.6)."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    case = OversightCaseOut()
    deadline = serializers.UUIDField(help_text="its ruler: deadlines/{id}/explanation")
    stage = choice(*Stage)
    rule = serializers.CharField()
    level = choice(*LEVELS)
    why = serializers.CharField()
    blames = serializers.BooleanField(help_text="counts against the owner; else a warning")
    owner = OversightOwnerOut()
    owner_person = serializers.CharField(allow_null=True)
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    lit_at = serializers.DateTimeField()
    found_at = serializers.DateTimeField()
    told_at = serializers.DateTimeField(allow_null=True)
    over_at = serializers.DateTimeField(allow_null=True)
    state = choice(*CardState)
    appeal = OversightSaidOut(allow_null=True)
    decision = OversightSaidOut(allow_null=True)
    appeal_until = serializers.DateField(allow_null=True)
    may = serializers.ListField(child=choice("appeal", "decide"))


class CardsOut(Shape):
    results = CardOut(many=True)
    next = serializers.CharField(allow_null=True)


class StallOut(Shape):
    id = serializers.UUIDField()
    kind = choice(*StallKind)
    level = serializers.IntegerField()
    case = OversightCaseOut()
    unit = OversightOwnerOut()
    since = serializers.DateTimeField()
    recorded_only = serializers.BooleanField()
    at = serializers.DateTimeField()
    over_at = serializers.DateTimeField(allow_null=True)


class StallsOut(Shape):
    results = StallOut(many=True)
    next = serializers.CharField(allow_null=True)


class OrderAnswerOut(Shape):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    at = serializers.DateTimeField()
    text = serializers.CharField()
    proof = serializers.CharField()
    decision = choice("", "accept", "reject")
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()


class OrderOut(Shape):
    """Supervision (督办) or an order to put right (整改). `case` is null when there is none, or
    the asker does not see it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = choice(*OrderKind)
    case = OversightCaseOut(allow_null=True)
    unit = OversightOwnerOut()
    reason_code = choice(*OrderReason)
    text = serializers.CharField()
    wanted = serializers.CharField()
    due_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    overdue = serializers.BooleanField()
    state = choice(*OrderState)
    issuer = OversightOwnerOut()
    issued_at = serializers.DateTimeField()
    answers = OrderAnswerOut(many=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    may = serializers.ListField(child=choice("answer", "decide"))


class OrdersOut(Shape):
    results = OrderOut(many=True)
    next = serializers.CharField(allow_null=True)


class CaseOversightOut(Shape):
    supervised = serializers.BooleanField()
    cards = CardOut(many=True)
    orders = OrderOut(many=True)
    stalls = StallOut(many=True)
    may = serializers.ListField(child=choice("urge", "supervise", "rectify"))


class DutyLineOut(Shape):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    at = serializers.DateTimeField()
    text = serializers.CharField()


class DutyOut(Shape):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    day = serializers.DateField()
    part = choice(*Part)
    role = choice(*DutyRole)
    post = serializers.UUIDField()
    name = serializers.CharField()
    state = choice(*DutyState)
    reason = serializers.CharField()
    covered_by = serializers.UUIDField(allow_null=True)
    cover_name = serializers.CharField()
    log = DutyLineOut(many=True)


class RosterOut(Shape):
    results = DutyOut(many=True)


class OutcomeCountOut(Shape):
    outcome = choice(*Outcome)
    count = serializers.IntegerField()


class SinceOpeningOut(Shape):
    """`registered` = `open` + `closed`, and `closed` = the sum of `outcomes`: `reconciled`."""

    opened_on = serializers.DateField(allow_null=True)
    days = serializers.IntegerField()
    registered = serializers.IntegerField()
    taken_over = serializers.IntegerField()
    open = serializers.IntegerField()
    closed = serializers.IntegerField()
    outcomes = OutcomeCountOut(many=True)
    reconciled = serializers.BooleanField()


class CheckJudgedOut(OversightSaidOut):
    criteria = serializers.DictField(child=serializers.BooleanField(), required=False)


class CheckOut(Shape):
    """`found` depends on the kind: seconds, characters, satisfaction, like and percent."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = choice(*CheckKind)
    case = OversightCaseOut()
    unit = OversightOwnerOut(allow_null=True)
    period = serializers.CharField()
    found_at = serializers.DateTimeField()
    found = serializers.DictField()
    answer = serializers.CharField()
    legal_basis = serializers.CharField()
    state = choice(*CheckState)
    judged = CheckJudgedOut(allow_null=True)
    score = serializers.IntegerField(allow_null=True)
    may = serializers.ListField(child=choice("review", "score"))


class ChecksOut(Shape):
    results = CheckOut(many=True)
    next = serializers.CharField(allow_null=True)


class ChecksFoundOut(Shape):
    found = serializers.IntegerField(help_text="how many are new")
