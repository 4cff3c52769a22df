"""A hall sets up its queues and windows: what they serve, when, for how many."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView, HallView
from apps.windows import permissions, queries, services
from apps.windows.api.headers import version_seen, versioned
from apps.windows.api.serializers import WindowNowOut
from apps.windows.api.shapes import HoursHistoryOut, OpeningHoursOut, QueueOut, QueueSetupOut
from apps.windows.rules import WindowKind
from apps.windows.services import Spans
from bancheng.kernel.api.openapi import Precondition

_CODES = serializers.CharField(max_length=40)
_TIME = serializers.RegexField(r"^([01][0-9]|2[0-4]):[0-5][0-9]$")


class QueueTermsIn(serializers.Serializer[Any]):
    """What a hall may set up; fields left out stay as they are."""

    name = serializers.CharField(max_length=40, required=False)
    group = serializers.CharField(max_length=40, required=False, allow_blank=True)
    position = serializers.IntegerField(min_value=0, max_value=999, required=False)
    active = serializers.BooleanField(required=False)
    kiosk = serializers.BooleanField(required=False)
    item_codes = serializers.ListField(child=_CODES, max_length=200, required=False)
    contingent = serializers.IntegerField(
        min_value=0, max_value=9999, required=False, allow_null=True
    )
    carry_over = serializers.BooleanField(required=False)
    slot_capacity = serializers.IntegerField(min_value=0, max_value=99, required=False)
    lunch_shift = serializers.IntegerField(min_value=-120, max_value=120, required=False)


class ChangeQueueIn(QueueTermsIn):
    prefix = serializers.RegexField(r"^[A-Z]{1,2}$", required=False)


class NewQueueIn(QueueTermsIn):
    prefix = serializers.RegexField(r"^[A-Z]{1,2}$")
    name = serializers.CharField(max_length=40)


class HoursIn(serializers.Serializer[Any]):
    """Pairs of times; no pair means the hall's hours. No weekday means its working days."""

    effective_from = serializers.DateField()
    hours = serializers.ListField(
        child=serializers.ListField(child=_TIME, min_length=2, max_length=2), max_length=6
    )
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7), max_length=7, required=False
    )


class WindowTermsIn(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=8, required=False)
    name = serializers.CharField(max_length=40, required=False)
    kind = serializers.ChoiceField([kind.value for kind in WindowKind], required=False)
    queues = serializers.ListField(child=serializers.UUIDField(), max_length=30, required=False)
    position = serializers.IntegerField(min_value=0, max_value=999, required=False)


class NewWindowIn(WindowTermsIn):
    number = serializers.CharField(max_length=8)
    name = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField([kind.value for kind in WindowKind])
    queues = serializers.ListField(child=serializers.UUIDField(), max_length=30)


class QueueSetupView(HallView):
    @extend_schema(responses=QueueSetupOut)
    def get(self, request: Request) -> Response:
        """Every queue with its terms and today's hours."""
        permissions.require(self.actor, "windows.read")
        return Response(QueueSetupOut({"results": queries.queues_set_up()}).data)


def add_queue(request: Request, view: CommandView) -> Response:
    """A new queue, with numbers from 001."""
    given = NewQueueIn(data=request.data)
    given.is_valid(raise_exception=True)
    return _queue(services.add_queue(by=view.actor, **given.validated_data), 201)


class ChangeQueueView(CommandView):
    precondition = Precondition.OPTIONAL

    @extend_schema(request=ChangeQueueIn, responses=QueueOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = ChangeQueueIn(data=request.data)
        given.is_valid(raise_exception=True)
        terms, seen = given.validated_data, version_seen(request)
        changed = services.change_queue(
            queue_id=kwargs["queue_id"], version=seen, by=self.actor, **terms
        )
        return _queue(changed.id, 200)


class HoursView(CommandView):
    @extend_schema(responses=HoursHistoryOut)
    def get(self, request: Request, queue_id: UUID) -> Response:
        """What was decided about a queue's hours, newest first."""
        permissions.require(self.actor, "windows.read")
        return Response(HoursHistoryOut({"results": queries.hours_of(queue_id)}).data)

    @extend_schema(request=HoursIn, responses={201: OpeningHoursOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = HoursIn(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        decided = services.set_hours(
            queue_id=kwargs["queue_id"],
            effective_from=wanted["effective_from"],
            spans=Spans(
                tuple((start, end) for start, end in wanted["hours"]),
                tuple(wanted.get("weekdays", ())),
            ),
            by=self.actor,
        )
        return Response(OpeningHoursOut(decided).data, status=201)


def add_window(request: Request, view: CommandView) -> Response:
    """A new window; it stands closed."""
    given = NewWindowIn(data=request.data)
    given.is_valid(raise_exception=True)
    terms = _window_terms(given.validated_data)
    return _window(services.add_window(by=view.actor, **terms), 201)


def change_window(request: Request, view: CommandView, window_id: UUID) -> Response:
    """Change what a window is called and what it serves."""
    given = WindowTermsIn(data=request.data)
    given.is_valid(raise_exception=True)
    terms, seen = _window_terms(given.validated_data), version_seen(request)
    services.change_window(window_id=window_id, version=seen, by=view.actor, **terms)
    return _window(window_id, 200)


def _window_terms(given: dict[str, Any]) -> dict[str, Any]:
    terms = {name: value for name, value in given.items() if name != "queues"}
    if "queues" in given:
        terms["queue_ids"] = given["queues"]
    if "kind" in given:
        terms["kind"] = WindowKind(given["kind"])
    return terms


def _queue(queue_id: UUID, status: int) -> Response:
    shown = queries.queue_set_up(queue_id)
    return versioned(Response(QueueOut(shown).data, status=status), shown.version)


def _window(window_id: UUID, status: int) -> Response:
    shown = queries.window(window_id)
    response = Response(WindowNowOut(shown).data, status=status)
    return versioned(response, shown.window.version)
