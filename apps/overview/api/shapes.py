"""The answers' shapes, for the published schema only: they are built as plain values."""

from typing import Any

from rest_framework import serializers

from bancheng.city.rollups.facts import OUTCOMES
from bancheng.city.rollups.metrics import Load
from bancheng.city.rollups.queries import Metric
from bancheng.city.rollups.ranking import Band
from bancheng.kernel.hall import Level


class Nullable(serializers.FloatField):
    def __init__(self) -> None:
        super().__init__(allow_null=True)


class BoundsOut(serializers.Serializer[Any]):
    low = Nullable()
    high = Nullable()


class LoadOut(BoundsOut):
    value = Nullable()
    n = serializers.IntegerField()


class WaitOut(BoundsOut):
    mean = Nullable()
    p50 = Nullable()
    p90 = Nullable()
    n = serializers.IntegerField()


class ShareOut(BoundsOut):
    x = serializers.FloatField()
    n = serializers.IntegerField()
    excluded = serializers.DictField(child=serializers.IntegerField())
    value = Nullable()


class ApplicantsOut(serializers.Serializer[Any]):
    """Registered cases by who asks (C-74)."""

    person = serializers.IntegerField()
    enterprise = serializers.IntegerField()
    sole_trader = serializers.IntegerField()
    other = serializers.IntegerField()


class StandingOut(ShareOut):
    shrunk = Nullable()
    band = serializers.ChoiceField(choices=[band.value for band in Band])
    rank = serializers.ListField(
        child=serializers.IntegerField(), min_length=2, max_length=2, allow_null=True
    )


class LiveOut(serializers.Serializer[Any]):
    waiting = serializers.IntegerField()
    serving = serializers.IntegerField()
    open_windows = serializers.IntegerField()
    oldest_wait_at = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField()


class VolumeOut(serializers.Serializer[Any]):
    receptions = serializers.IntegerField()
    cases = serializers.IntegerField()
    window_load = LoadOut()
    wait = WaitOut()
    yellow = serializers.IntegerField()
    red = serializers.IntegerField()
    applicants = ApplicantsOut()
    refusal = ShareOut()


class NetworkOut(VolumeOut):
    on_time = ShareOut()
    substantive = ShareOut()


class HallRowOut(VolumeOut):
    id = serializers.UUIDField()
    name = serializers.CharField()
    level = serializers.ChoiceField(choices=[level.value for level in Level])
    peer_group = serializers.CharField()
    on_time = StandingOut()
    substantive = StandingOut()
    trend = serializers.ListField(child=serializers.FloatField(allow_null=True), allow_null=True)
    live = LiveOut(allow_null=True)


class ComparisonOut(serializers.Serializer[Any]):
    to = serializers.DateField()
    metric = serializers.ChoiceField(choices=[metric.value for metric in Metric])
    updated_at = serializers.DateTimeField(allow_null=True)
    halls = HallRowOut(many=True)
    network = NetworkOut()
    minimum_sample = serializers.IntegerField()
    notes = serializers.DictField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of the language and cannot be a class attribute."""
        return {"from": serializers.DateField()} | super().get_fields()


class CaseCountsOut(serializers.Serializer[Any]):
    receptions = serializers.IntegerField()
    cases = serializers.IntegerField()
    closed_n = serializers.IntegerField()
    done_n = serializers.IntegerField()
    outcomes = serializers.DictField(
        child=serializers.IntegerField(), help_text=f"by outcome: {', '.join(OUTCOMES)}"
    )
    due_n = serializers.IntegerField()
    on_time_n = serializers.IntegerField()
    cohort_closed = serializers.IntegerField()
    referred_in = serializers.IntegerField()
    referred_up = serializers.IntegerField()
    returned = serializers.IntegerField()
    reopened = serializers.IntegerField()
    yellow = serializers.IntegerField()
    red = serializers.IntegerField()
    applicants = ApplicantsOut()
    refusals = serializers.IntegerField()


class QueueOut(serializers.Serializer[Any]):
    tickets = serializers.IntegerField(required=False)
    called = serializers.IntegerField(required=False)
    served = serializers.IntegerField(required=False)
    missed = serializers.IntegerField(required=False)
    wait_n = serializers.IntegerField(required=False)
    wait_mean = serializers.FloatField(allow_null=True, required=False)
    wait_p50 = serializers.FloatField(allow_null=True, required=False)
    wait_p90 = serializers.FloatField(allow_null=True, required=False)
    service_n = serializers.IntegerField(required=False)
    service_mean = serializers.FloatField(allow_null=True, required=False)
    service_p50 = serializers.FloatField(allow_null=True, required=False)
    staffed_seconds = serializers.IntegerField(required=False)
    load = serializers.FloatField(allow_null=True, required=False)


class WindowLabelOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]


class FactOut(CaseCountsOut, QueueOut):
    """`window` with by=window, `cause` with by=cause; queue figures not by cause."""

    day = serializers.DateField()
    window = WindowLabelOut(required=False)
    cause = serializers.CharField(required=False, allow_blank=True)


class FactsOut(serializers.Serializer[Any]):
    results = FactOut(many=True)
    next = serializers.CharField(allow_null=True)


class WindowOut(CaseCountsOut, QueueOut):
    window = WindowLabelOut()
    state = serializers.ChoiceField(choices=[load.value for load in Load])


class DrillOut(serializers.Serializer[Any]):
    hall = HallRowOut()
    windows = WindowOut(many=True)
    days = FactOut(many=True)
    minimum_sample = serializers.IntegerField()
    notes = serializers.DictField()
