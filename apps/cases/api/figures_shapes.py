"""The figures of the intake."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.intake_shapes import RefOut


class CodeCountOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    n = serializers.IntegerField()


class NameCountOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    n = serializers.IntegerField()


class MisuseOut(serializers.Serializer[Any]):
    """M-19: `misuse` ÷ `known` in thousandths; who is exempt is no misuse, unknown is left out."""

    known = serializers.IntegerField()
    unknown = serializers.IntegerField()
    exempt = serializers.IntegerField()
    misuse = serializers.IntegerField()
    rate = serializers.IntegerField(allow_null=True)


class PushesOut(serializers.Serializer[Any]):
    unit = RefOut(allow_null=True)
    n = serializers.IntegerField()
    windows = NameCountOut(many=True)


class CauseChangesOut(serializers.Serializer[Any]):
    before = serializers.CharField()
    after = serializers.CharField()
    n = serializers.IntegerField()
    people = NameCountOut(many=True)


class DispatchTimesOut(serializers.Serializer[Any]):
    """Minutes from the registration to the newest dispatch (C-39)."""

    n = serializers.IntegerField()
    median = serializers.IntegerField(allow_null=True)
    p90 = serializers.IntegerField(allow_null=True)


class FiguresOut(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()
    receptions = serializers.IntegerField()
    outcomes = CodeCountOut(many=True)
    kinds = CodeCountOut(many=True)
    third_visits = serializers.IntegerField()
    misuse = MisuseOut()
    pushes = PushesOut(many=True)
    cases = serializers.IntegerField()
    repeats = serializers.IntegerField()
    stages = CodeCountOut(many=True)
    sources = CodeCountOut(many=True)
    dispatch = DispatchTimesOut()
    notices = serializers.IntegerField()
    late_demands = serializers.IntegerField()
    cause_changes = CauseChangesOut(many=True)
