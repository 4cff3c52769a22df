"""What queues, appointments, guidance and signals look like outside."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.windows.api.serializers import QueueRefOut, WindowRefOut
from apps.windows.load import Band
from apps.windows.models import Guidance
from apps.windows.rules import AppointmentState, GuidanceKind, SignalKind, SignalState


def minutes(required: bool = True) -> serializers.ListField:
    """Minutes from low to high, null when too little is known."""
    return serializers.ListField(
        child=serializers.IntegerField(),
        min_length=2,
        max_length=2,
        allow_null=True,
        required=required,
    )


class QueueOut(QueueRefOut):
    """A queue as the hall sets it up; `hours` are today's, empty on a day it keeps closed."""

    group = serializers.CharField(allow_blank=True)
    position = serializers.IntegerField()
    active = serializers.BooleanField()
    kiosk = serializers.BooleanField()
    item_codes = serializers.ListField(child=serializers.CharField())
    contingent = serializers.IntegerField(allow_null=True)
    carry_over = serializers.BooleanField()
    slot_capacity = serializers.IntegerField()
    lunch_shift = serializers.IntegerField()
    hours = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    version = serializers.IntegerField()


class QueueSetupOut(serializers.Serializer[Any]):
    results = QueueOut(many=True)


class OpeningHoursOut(serializers.Serializer[Any]):
    effective_from = serializers.DateField()
    hours = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    weekdays = serializers.ListField(child=serializers.IntegerField())
    decided_by = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField()


class HoursHistoryOut(serializers.Serializer[Any]):
    results = OpeningHoursOut(many=True)


class TicketRefOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()


class AppointmentOut(serializers.Serializer[Any]):
    """For staff: masks, never a name or a phone."""

    id = serializers.UUIDField()
    queue = QueueRefOut()
    start = serializers.DateTimeField(source="slot_start")
    end = serializers.DateTimeField(source="slot_end")
    state = serializers.ChoiceField([state.value for state in AppointmentState])
    name_mask = serializers.CharField(allow_blank=True)
    phone_mask = serializers.CharField(allow_blank=True)
    ticket = TicketRefOut(allow_null=True)
    booked_at = serializers.DateTimeField()
    booked_by = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class NewAppointmentOut(AppointmentOut):
    code = serializers.CharField()


class AppointmentsOut(serializers.Serializer[Any]):
    results = AppointmentOut(many=True)


class FreeSlotOut(serializers.Serializer[Any]):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    left = serializers.IntegerField()


class SlotsOut(serializers.Serializer[Any]):
    slots = FreeSlotOut(many=True)


class ChecklistLineOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    ok = serializers.BooleanField()


class GuidanceOut(serializers.Serializer[Any]):
    """Fields of a kind other than this row's are empty."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField([kind.value for kind in GuidanceKind])
    at = serializers.DateTimeField()
    by = serializers.CharField(source="post_name")
    ticket = TicketRefOut(allow_null=True)
    queue = serializers.UUIDField(source="queue_id", allow_null=True)
    item_code = serializers.CharField(allow_blank=True)
    matter = serializers.CharField(allow_blank=True)
    result = serializers.CharField(allow_blank=True)
    case = serializers.UUIDField(source="case_id", allow_null=True)
    checklist = serializers.SerializerMethodField()
    direction = serializers.SerializerMethodField()
    category = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    room = serializers.SerializerMethodField()
    second_officer = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    @extend_schema_field(ChecklistLineOut(many=True))
    def get_checklist(self, row: Guidance) -> list[dict[str, Any]]:
        return list(row.detail.get("checklist", []))

    def get_direction(self, row: Guidance) -> str:
        return str(row.detail.get("direction", ""))

    def get_category(self, row: Guidance) -> str:
        return str(row.detail.get("category", ""))

    def get_note(self, row: Guidance) -> str:
        return str(row.detail.get("note", ""))

    def get_room(self, row: Guidance) -> str:
        return str(row.detail.get("room", ""))

    def get_second_officer(self, row: Guidance) -> str:
        return str(row.detail.get("second_officer", ""))


class SignalOut(serializers.Serializer[Any]):
    """`detail` and `after` are figures: expected minutes, people waiting, open windows, days."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField([kind.value for kind in SignalKind])
    rule = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField([state.value for state in SignalState])
    at = serializers.DateTimeField()
    queue = QueueRefOut(allow_null=True)
    window = WindowRefOut(allow_null=True)
    by = serializers.CharField(source="raised_by", allow_blank=True)
    decided_by = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    detail = serializers.JSONField()
    after = serializers.JSONField(allow_null=True)
    item_code = serializers.CharField(allow_blank=True)
    case = serializers.UUIDField(source="case_id", allow_null=True)
    version = serializers.IntegerField()


class SignalsOut(serializers.Serializer[Any]):
    results = SignalOut(many=True)


class OfferOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="queue.id")
    prefix = serializers.CharField(source="queue.prefix")
    name = serializers.CharField(source="queue.name")
    open = serializers.BooleanField()
    opens_at = serializers.DateTimeField(allow_null=True)
    left = serializers.IntegerField(allow_null=True)
    waiting = serializers.IntegerField()
    minutes = minutes()


class GroupOut(serializers.Serializer[Any]):
    name = serializers.CharField(allow_blank=True)
    queues = OfferOut(source="offers", many=True)


class QueueLineOut(serializers.Serializer[Any]):
    """`band` by the middle of the expected minutes: 畅通, 一般, 拥挤, 饱和."""

    queue = QueueRefOut()
    waiting = serializers.IntegerField()
    priority = serializers.IntegerField()
    appointments = serializers.IntegerField()
    oldest_wait_seconds = serializers.IntegerField(allow_null=True)
    open_windows = serializers.IntegerField()
    expected = minutes()
    band = serializers.ChoiceField([band.value for band in Band])


def seconds_since(at: datetime | None, now: datetime) -> int | None:
    """Whole seconds, null for nobody."""
    return max(int((now - at).total_seconds()), 0) if at else None
