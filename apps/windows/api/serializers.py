"""What tickets and windows look like outside."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.windows import offers
from apps.windows.legs import Ended
from apps.windows.models import Ticket
from apps.windows.rules import (
    RESTING,
    Channel,
    PriorityReason,
    TicketState,
    WindowKind,
    WindowState,
)


class QueueRefOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    prefix = serializers.CharField()
    name = serializers.CharField()


class WindowRefOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    name = serializers.CharField()


class SlotOut(serializers.Serializer[Any]):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class MatterOut(serializers.Serializer[Any]):
    item_code = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class LegOut(serializers.Serializer[Any]):
    """A stay before the present one; `window` is empty for a wait without a call."""

    how = serializers.ChoiceField([how.value for how in Ended])
    at = serializers.DateTimeField()
    queue = serializers.CharField()
    window = serializers.CharField(allow_blank=True)


class TicketOut(serializers.Serializer[Any]):
    """Durations are whole seconds, null until known; with several stays, of all together.

    `may_return_until` is set on a missed number that may still come back, `undo_until` on a call
    that may still be taken back, `miss_offered` after so many calls that nobody answered.
    `for_window` and `for_post` say to whom alone it was sent.
    """

    id = serializers.UUIDField()
    number = serializers.CharField()
    queue = QueueRefOut()
    state = serializers.ChoiceField(choices=[state.value for state in TicketState])
    priority = serializers.BooleanField()
    priority_reason = serializers.CharField()
    taken_at = serializers.DateTimeField()
    called_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    wait_seconds = serializers.IntegerField(allow_null=True)
    walk_seconds = serializers.IntegerField(allow_null=True)
    service_seconds = serializers.IntegerField(allow_null=True)
    window = WindowRefOut(allow_null=True)
    calls = serializers.IntegerField()
    outcome = serializers.CharField()
    channel = serializers.ChoiceField(choices=[channel.value for channel in Channel])
    slot = serializers.SerializerMethodField()
    missed_at = serializers.DateTimeField(allow_null=True)
    may_return_until = serializers.SerializerMethodField()
    undo_until = serializers.SerializerMethodField()
    miss_offered = serializers.SerializerMethodField()
    returns = serializers.IntegerField()
    for_window = serializers.UUIDField(source="for_window_id", allow_null=True)
    for_post = serializers.UUIDField(allow_null=True)
    matters = MatterOut(many=True)
    visit = LegOut(source="legs", many=True)
    tension = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()

    @extend_schema_field(SlotOut(allow_null=True))
    def get_slot(self, ticket: Ticket) -> dict[str, Any] | None:
        if ticket.slot_start is None:
            return None
        return dict(SlotOut({"start": ticket.slot_start, "end": ticket.slot_end}).data)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_may_return_until(self, ticket: Ticket) -> str | None:
        return iso(offers.return_until(ticket))

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_undo_until(self, ticket: Ticket) -> str | None:
        return iso(offers.undo_until(ticket))

    @extend_schema_field(serializers.BooleanField())
    def get_miss_offered(self, ticket: Ticket) -> bool:
        return offers.miss_offered(ticket)


def iso(at: datetime | None) -> str | None:
    """An instant as the other fields write it."""
    return serializers.DateTimeField().to_representation(at) if at else None


class NewTicketOut(TicketOut):
    """`code` opens the public page at `position_path`; `same_person` counts further numbers that
    the holder took today."""

    code = serializers.CharField()
    position_path = serializers.CharField()
    same_person = serializers.IntegerField()
    ahead = serializers.IntegerField()
    estimated_wait_minutes = serializers.ListField(
        child=serializers.IntegerField(), min_length=2, max_length=2, allow_null=True
    )


class TicketsOut(serializers.Serializer[Any]):
    results = TicketOut(many=True)
    next = serializers.CharField(allow_null=True)


class ClerkOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class WindowNowOut(serializers.Serializer[Any]):
    """Rendered from queries.WindowNow."""

    id = serializers.UUIDField(source="window.id")
    number = serializers.CharField(source="window.number")
    name = serializers.CharField(source="window.name")
    kind = serializers.ChoiceField([kind.value for kind in WindowKind], source="window.kind")
    state = serializers.ChoiceField([state.value for state in WindowState], source="window.state")
    state_reason = serializers.CharField(source="window.state_reason")
    state_since = serializers.DateTimeField(source="window.state_since")
    clerk = ClerkOut(source="window.clerk", allow_null=True)
    queues = QueueRefOut(many=True)
    current_ticket = TicketOut(allow_null=True)
    parked = TicketOut(many=True)
    version = serializers.IntegerField(source="window.version")


class WindowsOut(serializers.Serializer[Any]):
    results = WindowNowOut(many=True)


class QueuesOut(serializers.Serializer[Any]):
    results = QueueRefOut(many=True)


class TicketIn(serializers.Serializer[Any]):
    queue = serializers.UUIDField()
    priority_reason = serializers.ChoiceField(
        choices=[reason.value for reason in PriorityReason], required=False, allow_blank=True
    )
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True)


class OpenIn(serializers.Serializer[Any]):
    extended = serializers.BooleanField(default=False)


class WindowPauseIn(serializers.Serializer[Any]):
    """`away` is the older way to say `state: away`."""

    reason = serializers.CharField(max_length=80)
    state = serializers.ChoiceField([state.value for state in RESTING], required=False)
    away = serializers.BooleanField(default=False)


class FinishIn(serializers.Serializer[Any]):
    outcome = serializers.CharField(max_length=20, default="", allow_blank=True)
    item_code = serializers.CharField(max_length=40, default="", allow_blank=True)


class MatterIn(serializers.Serializer[Any]):
    outcome = serializers.CharField(max_length=20)
    item_code = serializers.CharField(max_length=40, default="", allow_blank=True)


class TicketRefIn(serializers.Serializer[Any]):
    ticket = serializers.UUIDField()


class QueueRefIn(serializers.Serializer[Any]):
    queue = serializers.UUIDField()


class EndReasonIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)


class WindowNoteIn(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class TransferIn(WindowNoteIn):
    """Exactly one of the three."""

    queue = serializers.UUIDField(required=False)
    window = serializers.UUIDField(required=False)
    post = serializers.UUIDField(required=False)


class TensionIn(WindowNoteIn):
    tension = serializers.BooleanField()


class NothingIn(serializers.Serializer[Any]):
    pass


class TicketsWanted(serializers.Serializer[Any]):
    """The filters of the ticket list."""

    state = serializers.ChoiceField(choices=[state.value for state in TicketState], required=False)
    queue = serializers.UUIDField(required=False)
    day = serializers.DateField(required=False)
