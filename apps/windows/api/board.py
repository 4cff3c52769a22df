"""The hall's board: windows, waiting people, today's figures, the most pressing cases."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases import queries as cases
from apps.cases.api.shapes import CaseSummaryOut
from apps.staff.api.views import HallView
from apps.windows import permissions, queries
from apps.windows.api.headers import event_seq
from apps.windows.api.serializers import QueueRefOut, WindowNowOut
from bancheng.city.exchange import queries as exchange
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.services.live import log as live


class WaitingOut(serializers.Serializer[Any]):
    queue = QueueRefOut()
    count = serializers.IntegerField()
    oldest_wait_seconds = serializers.IntegerField(allow_null=True)


class TodayOut(serializers.Serializer[Any]):
    receptions = serializers.IntegerField()
    cases = serializers.IntegerField()
    due_today = serializers.IntegerField()
    overdue = serializers.IntegerField()
    yellow = serializers.IntegerField()
    red = serializers.IntegerField()


class BoardOut(serializers.Serializer[Any]):
    """`cards` are rows as in the list of cases, those due first; `at` is when this was read."""

    windows = WindowNowOut(many=True)
    waiting = WaitingOut(many=True)
    today = TodayOut()
    cards = CaseSummaryOut(many=True)
    referrals_waiting = serializers.IntegerField()
    at = serializers.DateTimeField()


class BoardView(HallView):
    tells_events = True

    @extend_schema(responses=BoardOut)
    def get(self, request: Request) -> Response:
        permissions.require(self.actor, "board.read")
        seqs = live.heads(["queue", "board"])
        return event_seq(Response(_board(self.actor)), seqs)


def _board(by: Actor) -> dict[str, Any]:
    now = clock.now()
    waiting = [
        {
            "queue": line.queue,
            "count": line.count,
            "oldest_wait_seconds": int((now - line.oldest_at).total_seconds())
            if line.oldest_at
            else None,
        }
        for line in queries.waiting()
    ]
    return {
        "windows": WindowNowOut(queries.windows(), many=True).data,
        "waiting": WaitingOut(waiting, many=True).data,
        "today": asdict(cases.today()),
        "cards": cases.most_pressing(by),
        "referrals_waiting": exchange.waiting_count(),
        "at": now,
    }
