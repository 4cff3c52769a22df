"""The shift lead's live board: how full every queue is, who is set aside, what wants an answer."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView, HallView
from apps.windows import board_now, curve, load, permissions, queries, services
from apps.windows.api.appointments import DayWanted
from apps.windows.api.headers import event_seq, version_seen, versioned
from apps.windows.api.serializers import NothingIn, TicketOut, WindowNoteIn, WindowNowOut
from apps.windows.api.shapes import QueueLineOut, SignalOut, SignalsOut, seconds_since
from apps.windows.models import Signal
from bancheng.kernel import clock
from bancheng.kernel.api.openapi import Precondition
from bancheng.services.live import log as live


class BoardLiveOut(serializers.Serializer[Any]):
    """`at` is when this was read: what is older than a minute is told as such."""

    windows = WindowNowOut(many=True)
    lines = QueueLineOut(many=True)
    parked = TicketOut(many=True)
    missed = TicketOut(many=True)
    suggestions = SignalOut(many=True)
    alarms = SignalOut(many=True)
    warnings = SignalOut(many=True)
    at = serializers.DateTimeField()


class QuarterOut(serializers.Serializer[Any]):
    start = serializers.CharField()
    issued = serializers.IntegerField()
    called = serializers.IntegerField()
    served = serializers.IntegerField()
    missed = serializers.IntegerField()
    waiting = serializers.IntegerField()
    wait_mean_seconds = serializers.IntegerField(allow_null=True)
    open_windows = serializers.FloatField()


class LoadCurveOut(serializers.Serializer[Any]):
    """`waiting` is how many waited when the quarter ended, `open_windows` the mean in it."""

    quarters = QuarterOut(many=True)
    at = serializers.DateTimeField()


class AlarmIn(serializers.Serializer[Any]):
    window = serializers.UUIDField(required=False, allow_null=True)


class SuggestionIn(WindowNoteIn):
    decision = serializers.ChoiceField(["opened", "declined"])
    window = serializers.UUIDField(required=False, allow_null=True)


class WarningIn(WindowNoteIn):
    decision = serializers.ChoiceField(["taken", "dismissed"])


class BoardLiveView(HallView):
    tells_events = True

    @extend_schema(responses=BoardLiveOut)
    def get(self, request: Request) -> Response:
        permissions.require(self.actor, "board.read")
        seqs = live.heads(["queue", "board", "alarm"])
        return event_seq(Response(BoardLiveOut(_board()).data), seqs)


def _board() -> dict[str, Any]:
    now, found = clock.now(), board_now.signals()
    lines = [
        {
            **{name: getattr(line, name) for name in ("queue", "waiting", "priority", "band")},
            "appointments": line.appointments,
            "oldest_wait_seconds": seconds_since(line.oldest_at, now),
            "open_windows": line.open_windows,
            "expected": line.expected and list(line.expected),
        }
        for line in load.lines()
    ]
    return {
        "windows": queries.windows(),
        "lines": lines,
        "parked": board_now.parked(),
        "missed": board_now.may_return(),
        "suggestions": found.suggestions,
        "alarms": found.alarms,
        "warnings": found.warnings,
        "at": now,
    }


class BoardLoadView(HallView):
    @extend_schema(parameters=[OpenApiParameter("day", str)], responses=LoadCurveOut)
    def get(self, request: Request) -> Response:
        """The load of a day by quarter-hour, from the facts."""
        permissions.require(self.actor, "board.read")
        wanted = DayWanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        quarters = curve.of_day(wanted.validated_data.get("day", clock.today()))
        body = {"quarters": [asdict(quarter) for quarter in quarters], "at": clock.now()}
        return Response(LoadCurveOut(body).data)


def _shown(signal: Signal, status: int = 200) -> Response:
    return versioned(Response(SignalOut(signal).data, status=status), signal.version)


class AlarmsView(CommandView):
    @extend_schema(responses=SignalsOut)
    def get(self, request: Request) -> Response:
        """Alarms that are not over."""
        permissions.require(self.actor, "alarms.accept")
        return Response(SignalsOut({"results": board_now.alarms()}).data)

    @extend_schema(request=AlarmIn, responses={201: SignalOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The panic button."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = AlarmIn(data=request.data)
        given.is_valid(raise_exception=True)
        window = given.validated_data.get("window")
        return _shown(services.press_alarm(window_id=window, by=self.actor), 201)


class _Answer(CommandView):
    precondition = Precondition.OPTIONAL
    takes: ClassVar[type[serializers.Serializer[Any]]] = NothingIn
    answers: ClassVar[Callable[..., Signal]]

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        seen, terms = version_seen(request), self.terms(given.validated_data)
        done = type(self).answers(
            signal_id=kwargs["signal_id"], version=seen, by=self.actor, **terms
        )
        return _shown(done)

    def terms(self, given: dict[str, Any]) -> dict[str, Any]:
        """What the service takes besides the signal."""
        return given


class AcceptAlarmView(_Answer):
    answers = staticmethod(services.accept_alarm)

    @extend_schema(request=NothingIn, responses=SignalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """I am coming."""
        return super().post(request, **kwargs)


class EndAlarmView(_Answer):
    takes = WindowNoteIn
    answers = staticmethod(services.end_alarm)

    @extend_schema(request=WindowNoteIn, responses=SignalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)


class SuggestionView(_Answer):
    takes = SuggestionIn
    answers = staticmethod(services.decide_suggestion)

    @extend_schema(request=SuggestionIn, responses=SignalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say whether a window was opened."""
        return super().post(request, **kwargs)

    def terms(self, given: dict[str, Any]) -> dict[str, Any]:
        opened = given["decision"] == "opened"
        return {"opened": opened, "window_id": given.get("window"), "note": given["note"]}


class WarningView(_Answer):
    takes = WarningIn
    answers = staticmethod(services.decide_warning)

    @extend_schema(request=WarningIn, responses=SignalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take an early warning up, or dismiss it."""
        return super().post(request, **kwargs)

    def terms(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"taken": given["decision"] == "taken", "note": given["note"]}
