"""What requests about days, limits and parameters may say."""

import json
from typing import Any

from django.http import HttpRequest
from rest_framework import serializers

from bancheng.city.calendar.notices import Notice, notice_of_package, parse_notice
from bancheng.city.calendar.services import RECOMPUTE_REASONS, NewDay, NewLimit
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.errors import Invalid

SCOPES = ("hall", "network")


def line(size: int) -> serializers.CharField:
    return serializers.CharField(max_length=size, required=False, allow_blank=True, default="")


class ScopeIn(serializers.Serializer[Any]):
    """`network`: for the whole network, by its city hall; else for this hall and those below."""

    scope = serializers.ChoiceField(choices=list(SCOPES), default="hall")


class DayIn(ScopeIn):
    """A closure without a `decision` leaves the clocks running; `hours` make a half day."""

    day = serializers.DateField()
    working = serializers.BooleanField()
    reason = serializers.CharField(max_length=100)
    decision = line(60)
    hours = line(60)


class LimitIn(ScopeIn):
    """`rule` in the notation `WD+5`, `WH+2`, `NH+24`, `ND+15`, then `;cutoff=17:30;receipt=B`."""

    stage = serializers.CharField(max_length=20)
    category = line(20)
    rule = serializers.CharField(max_length=40)
    basis = serializers.CharField(max_length=200)
    effective_from = serializers.DateField(required=False)
    recompute = serializers.BooleanField(default=False)
    reason = serializers.ChoiceField(
        choices=["", *RECOMPUTE_REASONS], required=False, allow_blank=True, default=""
    )


class ValueIn(ScopeIn):
    """`value` of the parameter's kind: a number, a switch, one code, codes, a text or a table."""

    key = serializers.CharField(max_length=60)
    value = serializers.JSONField()
    basis = serializers.CharField(max_length=200)
    effective_from = serializers.DateField(required=False)


class NoticeIn(serializers.Serializer[Any]):
    """Either a year's `notice` in the holiday-cn shape, or a `year` that the `chinesecalendar`
    package knows."""

    notice = serializers.JSONField(required=False, allow_null=True, default=None)
    year = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=2000, max_value=2199
    )


class ConfirmIn(NoticeIn):
    """`seal` is the preview's."""

    seal = serializers.CharField(max_length=32)


def wanted_year(request: HttpRequest) -> int:
    """The year behind the question mark, else the present one; raises Invalid."""
    text = request.GET.get("year") or str(clock.today().year)
    if not (text.isascii() and text.isdigit() and 2000 <= int(text[:5]) <= 2199):
        raise Invalid(errors={"year": ["invalid"]})
    return int(text)


def new_day(body: dict[str, Any]) -> NewDay:
    """The decision a body asks for."""
    return NewDay(network=body.pop("scope") == "network", **body)


def new_limit(body: dict[str, Any]) -> NewLimit:
    """From today, unless another day is named."""
    return NewLimit(network=body.pop("scope") == "network", **_from_today(body))


def new_value(body: dict[str, Any]) -> NewValue:
    """From today, unless another day is named."""
    return NewValue(network=body.pop("scope") == "network", **_from_today(body))


def _from_today(body: dict[str, Any]) -> dict[str, Any]:
    return {"effective_from": clock.today()} | body


def wanted_notice(body: dict[str, Any]) -> Notice:
    """The notice itself, or the package's year; raises Invalid, BadNotice, NoSource."""
    if body["notice"] is not None:
        return parse_notice(json.dumps(body["notice"]))
    if body["year"] is not None:
        return notice_of_package(body["year"])
    raise Invalid(errors={"notice": ["required"]})
