"""What the big screen shows: numbers and windows, never a person's name (peers.md §8, 22)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import HallView
from apps.staff.authentication import SignedInOrDevice
from apps.windows import permissions, queries
from apps.windows.api.headers import event_seq
from bancheng.kernel import clock
from bancheng.kernel.hall import here
from bancheng.services.live import log as live


class DisplayHallOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    deskName = serializers.CharField()


class CallOut(serializers.Serializer[Any]):
    number = serializers.CharField()
    window = serializers.CharField()
    at = serializers.DateTimeField()
    seq = serializers.IntegerField()


class ServingOut(serializers.Serializer[Any]):
    number = serializers.CharField()
    window = serializers.CharField()


class DisplayOut(serializers.Serializer[Any]):
    """`calls` are today's announcements, newest first; `seq` is the event of topic `display`."""

    hall = DisplayHallOut()
    now = serializers.DateTimeField()
    calls = CallOut(many=True)
    serving = ServingOut(many=True)
    next = serializers.ListField(child=serializers.CharField())
    notice = serializers.CharField(allow_null=True)


class DisplayStateView(HallView):
    permission_classes = (SignedInOrDevice,)
    tells_events = True

    @extend_schema(responses=DisplayOut)
    def get(self, request: Request) -> Response:
        permissions.require_display(self.actor)
        seqs = live.heads(["queue"])
        return event_seq(Response(DisplayOut(_state()).data), seqs)


def _state() -> dict[str, Any]:
    ref = here()
    return {
        "hall": {"name": ref.name, "deskName": ref.desk_name},
        "now": clock.now(),
        "calls": queries.announcements(),
        "serving": [
            {"number": number, "window": window} for number, window in queries.at_windows()
        ],
        "next": queries.next_numbers(),
        "notice": None,
    }
