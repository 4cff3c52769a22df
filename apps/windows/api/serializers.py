"""What tickets and windows look like outside."""

from typing import Any

from rest_framework import serializers

from apps.windows.rules import PriorityReason, TicketState, WindowKind, WindowState


class QueueRefOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    prefix = serializers.CharField()
    name = serializers.CharField()


class WindowRefOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    name = serializers.CharField()


class TicketOut(serializers.Serializer[Any]):
    """Durations are whole seconds, null until known."""

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
    version = serializers.IntegerField()


class NewTicketOut(TicketOut):
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


class OpenIn(serializers.Serializer[Any]):
    extended = serializers.BooleanField(default=False)


class PauseIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=80)
    away = serializers.BooleanField(default=False)


class FinishIn(serializers.Serializer[Any]):
    outcome = serializers.CharField(max_length=20, default="", allow_blank=True)


class NothingIn(serializers.Serializer[Any]):
    pass


class TicketsWanted(serializers.Serializer[Any]):
    """The filters of the ticket list."""

    state = serializers.ChoiceField(choices=[state.value for state in TicketState], required=False)
    queue = serializers.UUIDField(required=False)
    day = serializers.DateField(required=False)
