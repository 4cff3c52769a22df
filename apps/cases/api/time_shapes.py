"""How a case's time looks in answers: pauses, extensions, the time used, the ruler."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import choice
from bancheng.city.calendar import declared

HOW = ("", "resumed", "answered", "until", "step")


class PausedOut(serializers.Serializer[Any]):
    """The pause that holds the case now; it ends by itself at `until`."""

    reason = choice(*declared.PAUSE_REASONS)
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()


class ElapsedOut(serializers.Serializer[Any]):
    """C-06: from the intake to the result."""

    natural_days = serializers.IntegerField()
    working_days = serializers.IntegerField()


class PauseOut(PausedOut):
    """`ended` is null and `how` empty while it holds."""

    note = serializers.CharField()
    told = serializers.CharField()
    by = serializers.CharField()
    ended = serializers.DateTimeField(allow_null=True)
    how = choice(*HOW)


class ExtensionOut(serializers.Serializer[Any]):
    """`decision` is empty while it waits; `lapsed` when the case went on without it."""

    days = serializers.IntegerField()
    reason = serializers.CharField()
    asked_at = serializers.DateTimeField()
    asked_by = serializers.CharField()
    due_before = serializers.DateTimeField()
    decision = choice("", "approve", "refuse", "lapsed")
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField()
    note = serializers.CharField()
    due_after = serializers.DateTimeField(allow_null=True)


class TimeOut(serializers.Serializer[Any]):
    """What the whole case adds about its time."""

    channel = choice(*declared.CHANNELS)
    pauses = PauseOut(many=True)
    extensions = ExtensionOut(many=True)


class RulerStepOut(serializers.Serializer[Any]):
    day = serializers.DateField()
    counted = serializers.BooleanField()
    reason = serializers.CharField()
    name = serializers.CharField()
    running = serializers.IntegerField()
    half = serializers.CharField(allow_null=True)


class PolicyOut(serializers.Serializer[Any]):
    """`hall` names the hall that set the limit, when one did."""

    source = choice("default", "network", "hall", "chosen")  # type: ignore[assignment]
    basis = serializers.CharField()
    hall = serializers.CharField(allow_null=True)


class RulerPauseOut(serializers.Serializer[Any]):
    reason = choice(*declared.PAUSE_REASONS)
    since = serializers.DateTimeField()
    ended = serializers.DateTimeField(allow_null=True)
    how = choice(*HOW)


class ExplanationOut(serializers.Serializer[Any]):
    """Dates are null while the clock stands still; `would_be_due_on` is then the day it would be
    due if it ran on now."""

    rule = serializers.CharField()
    rule_text_code = serializers.CharField()
    policy = PolicyOut()
    start = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    first_due_on = serializers.DateField(allow_null=True)
    would_be_due_on = serializers.DateField(allow_null=True)
    provisional = serializers.BooleanField()
    extended_days = serializers.IntegerField()
    steps = RulerStepOut(many=True)
    pauses = RulerPauseOut(many=True)
