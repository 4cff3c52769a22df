"""What answers about days, limits and parameters look like."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bancheng.city.calendar.days import Kind
from bancheng.city.calendar.services import RECOMPUTE_REASONS

SOURCES = ("default", "network", "hall")


def choice(*codes: str, **options: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=list(codes), **options)


@extend_schema_field({})
class AnyField(serializers.JSONField):
    """A value of the parameter's own kind."""


class MadeOut(serializers.Serializer[Any]):
    """The answer to a decision."""

    id = serializers.UUIDField()


class DecisionOut(serializers.Serializer[Any]):
    """`hall` is null for a decision of the whole network."""

    id = serializers.UUIDField()
    hall = serializers.CharField(allow_null=True)
    withdrawable = serializers.BooleanField()
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField()


class DayOut(serializers.Serializer[Any]):
    day = serializers.DateField()
    kind = choice(*Kind)
    name = serializers.CharField()
    works = serializers.BooleanField()
    half = serializers.CharField(allow_null=True)


class DayDecisionOut(DecisionOut):
    day = serializers.DateField()
    working = serializers.BooleanField()
    reason = serializers.CharField()
    decision = serializers.CharField()
    hours = serializers.CharField()


class YearOut(serializers.Serializer[Any]):
    """Every day of a year as this hall keeps it. `missing`: no notice yet, weekends only."""

    year = serializers.IntegerField()
    source = choice("shipped", "network", "missing")  # type: ignore[assignment]
    papers = serializers.ListField(child=serializers.CharField())
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    working_days = serializers.IntegerField()
    days = DayOut(many=True)
    decisions = DayDecisionOut(many=True)


class WouldMoveOut(serializers.Serializer[Any]):
    case_id = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    stage = serializers.CharField()
    before = serializers.DateField()
    after = serializers.DateField()
    before_at = serializers.DateTimeField()
    after_at = serializers.DateTimeField()
    reason = choice("calendar", "limit")


class WhatIfOut(serializers.Serializer[Any]):
    """The clocks of this hall's visible cases that would move; at most 200 of `total` are named."""

    looked_at = serializers.IntegerField()
    total = serializers.IntegerField()
    rows = WouldMoveOut(many=True)


class PlainDayOut(serializers.Serializer[Any]):
    kind = choice(*Kind)
    name = serializers.CharField()
    works = serializers.BooleanField()


class DayChangeOut(serializers.Serializer[Any]):
    day = serializers.DateField()
    change = choice("added", "removed", "changed")
    before = PlainDayOut()
    after = PlainDayOut()


class YearPreviewOut(serializers.Serializer[Any]):
    """`seal` confirms exactly this: the notice, and the calendar it was compared with."""

    year = serializers.IntegerField()
    known = serializers.BooleanField()
    papers = serializers.ListField(child=serializers.CharField())
    seal = serializers.CharField()
    changes = DayChangeOut(many=True)
    moved = WhatIfOut()


class YearMadeOut(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    changes = serializers.IntegerField()


class InForceOut(serializers.Serializer[Any]):
    rule = serializers.CharField()
    source = choice(*SOURCES)  # type: ignore[assignment]
    hall = serializers.CharField(allow_null=True)
    basis = serializers.CharField()


class LimitDecisionOut(DecisionOut):
    rule = serializers.CharField()
    basis = serializers.CharField()
    effective_from = serializers.DateField()
    recompute = serializers.BooleanField()
    reason = choice("", *RECOMPUTE_REASONS)


class LimitOut(serializers.Serializer[Any]):
    stage = serializers.CharField()
    category = serializers.CharField()
    shipped = serializers.CharField()
    in_force = InForceOut()
    decisions = LimitDecisionOut(many=True)


class LimitsOut(serializers.Serializer[Any]):
    results = LimitOut(many=True)


class ValueDecisionOut(DecisionOut):
    value = AnyField()
    basis = serializers.CharField()
    effective_from = serializers.DateField()


class ParameterOut(serializers.Serializer[Any]):
    """`ground` is where the default comes from."""

    key = serializers.CharField()
    kind = choice("number", "switch", "choice", "codes", "text", "table")
    default = AnyField()
    value = AnyField()
    ground = serializers.CharField()
    source = choice(*SOURCES)  # type: ignore[assignment]
    hall = serializers.CharField(allow_null=True)
    low = serializers.IntegerField()
    high = serializers.IntegerField()
    options = serializers.ListField(child=serializers.CharField())
    decisions = ValueDecisionOut(many=True)


class ParametersOut(serializers.Serializer[Any]):
    results = ParameterOut(many=True)


class ProgressOut(serializers.Serializer[Any]):
    """`left`: cases still to be counted again; ask again while there are any."""

    counted = serializers.IntegerField()
    moved = serializers.IntegerField()
    left = serializers.IntegerField()
