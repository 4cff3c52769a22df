"""Days, limits, years and parameters over HTTP: read, preview, decide, withdraw."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.timekeeping.whatif import WhatIf
from apps.policies import queries, services
from apps.policies.api import answers, inputs, shapes
from apps.staff.api.views import CommandView, HallView


def given(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The checked body; raises ValidationError."""
    found = shape(data=request.data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


class DaysView(CommandView):
    @extend_schema(parameters=[OpenApiParameter("year", int)], responses=shapes.YearOut)
    def get(self, request: Request) -> Response:
        """Every day of a year (the present one) as this hall keeps it."""
        found = queries.year(inputs.wanted_year(request), self.actor)
        return Response(shapes.YearOut(answers.year(found)).data)

    @extend_schema(request=inputs.DayIn, responses={201: shapes.MadeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Keep a day differently."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = inputs.new_day(given(inputs.DayIn, request))
        return _made(services.decide_day(wanted, by=self.actor))


class DayPreviewView(HallView):
    @extend_schema(request=inputs.DayIn, responses=shapes.WhatIfOut)
    def post(self, request: Request) -> Response:
        """Whose dates a decision about a day would move. Nothing is written."""
        wanted = inputs.new_day(given(inputs.DayIn, request))
        return _what_if(queries.with_day(wanted, self.actor))


class DayView(HallView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, day_id: UUID) -> Response:
        """Take back a decision about a day to come."""
        services.withdraw_day(day_id, by=self.actor)
        return Response(status=204)


class NoticesView(HallView):
    @extend_schema(request=inputs.NoticeIn, responses=shapes.YearPreviewOut)
    def post(self, request: Request) -> Response:
        """What a year's notice would change, and the seal to confirm it with."""
        notice = inputs.wanted_notice(given(inputs.NoticeIn, request))
        found = answers.preview(queries.with_year(notice, self.actor))
        return Response(shapes.YearPreviewOut(found).data)


class ConfirmView(CommandView):
    @extend_schema(request=inputs.ConfirmIn, responses={201: shapes.YearMadeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take the year over for the network, exactly as it was previewed."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.ConfirmIn, request)
        made = services.publish_year(inputs.wanted_notice(body), body["seal"], by=self.actor)
        found = {"year": made.notice.year, "changes": len(made.changes)}
        return Response(shapes.YearMadeOut(found).data, status=201)


class LimitsView(CommandView):
    @extend_schema(responses=shapes.LimitsOut)
    def get(self, request: Request) -> Response:
        """Every limit: what holds, who set it, its history."""
        rows = [answers.limit(one) for one in queries.limits(self.actor)]
        return Response(shapes.LimitsOut({"results": rows}).data)

    @extend_schema(request=inputs.LimitIn, responses={201: shapes.MadeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Set a limit from a day on."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = inputs.new_limit(given(inputs.LimitIn, request))
        return _made(services.decide_limit(wanted, by=self.actor))


class LimitPreviewView(HallView):
    @extend_schema(request=inputs.LimitIn, responses=shapes.WhatIfOut)
    def post(self, request: Request) -> Response:
        """Whose dates a limit would move if it were decided for what runs."""
        wanted = inputs.new_limit(given(inputs.LimitIn, request))
        return _what_if(queries.with_limit(wanted, self.actor))


class LimitView(HallView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, limit_id: UUID) -> Response:
        """Take back a limit that does not hold yet."""
        services.withdraw_limit(limit_id, by=self.actor)
        return Response(status=204)


class ParametersView(CommandView):
    @extend_schema(responses=shapes.ParametersOut)
    def get(self, request: Request) -> Response:
        """Every parameter: its default, what holds, who decided it."""
        rows = [answers.parameter(one) for one in queries.known_parameters(self.actor)]
        return Response(shapes.ParametersOut({"results": rows}).data)

    @extend_schema(request=inputs.ValueIn, responses={201: shapes.MadeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Decide a parameter from a day on."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = inputs.new_value(given(inputs.ValueIn, request))
        return _made(services.decide_value(wanted, by=self.actor))


class ParameterPreviewView(HallView):
    @extend_schema(request=inputs.ValueIn, responses=shapes.WhatIfOut)
    def post(self, request: Request) -> Response:
        """Whose dates a parameter would move: those of opening hours do."""
        wanted = inputs.new_value(given(inputs.ValueIn, request))
        return _what_if(queries.with_value(wanted, self.actor))


class ParameterView(HallView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, value_id: UUID) -> Response:
        """Take back a value that does not hold yet."""
        services.withdraw_value(value_id, by=self.actor)
        return Response(status=204)


class RecomputeView(CommandView):
    @extend_schema(request=None, responses=shapes.ProgressOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Count the hall's running clocks again now, some hundreds at a time."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        progress = services.count_anew(by=self.actor)
        return Response(shapes.ProgressOut(progress).data)


def _made(made: UUID) -> Response:
    return Response(shapes.MadeOut({"id": made}).data, status=201)


def _what_if(found: WhatIf) -> Response:
    return Response(shapes.WhatIfOut(answers.what_if(found)).data)
