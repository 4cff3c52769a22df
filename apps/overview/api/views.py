"""Views parse, ask once and render. `X-Event-Seq` is read first: an answer is never older."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.overview import kept, queries
from apps.overview.api import answers, asking, shapes
from apps.overview.permissions import require_overview
from apps.staff.api.views import HallView
from bancheng.city.rollups.queries import By, Metric
from bancheng.kernel.hall import Level, here
from bancheng.services.live import log as live

TOPIC = "city"
_PERIOD = [
    OpenApiParameter("from", str, description="ISO date, included"),
    OpenApiParameter("to", str, description="ISO date, included"),
]
_METRIC = OpenApiParameter("metric", str, enum=[metric.value for metric in Metric])


def _head() -> int | None:
    """The newest event of the topic, which lives in the city hall alone."""
    return live.heads([TOPIC])[TOPIC] if here().level == Level.CITY else None


def _headers(head: int | None) -> dict[str, str]:
    return {} if head is None else {"X-Event-Seq": f"{TOPIC}={head}"}


class HallsView(HallView):
    tells_events = True

    @extend_schema(
        operation_id="city_halls_compare",
        parameters=[*_PERIOD, _METRIC],
        responses=shapes.ComparisonOut,
    )
    def get(self, request: Request) -> HttpResponse:
        """Halls beside their peers, with intervals, bands and rank intervals."""
        require_overview(self.actor)
        period, metric, head = asking.period(request), asking.metric(request), _head()

        def render() -> bytes:
            found = queries.comparison(period=period, metric=metric, by=self.actor)
            return JSONRenderer().render(answers.comparison(found))

        key = (here().id, period, metric, head)
        body = render() if head is None else kept.page(key, render)
        return HttpResponse(body, content_type="application/json", headers=_headers(head))


class HallOpenedView(HallView):
    tells_events = True

    @extend_schema(parameters=[*_PERIOD, _METRIC], responses=shapes.DrillOut)
    def get(self, request: Request, hall_id: UUID) -> Response:
        """One hall: its row, its windows, its days."""
        headers = _headers(_head())
        found = queries.drill(
            hall_id=hall_id,
            period=asking.period(request, most=asking.MOST_DAYS_IN_PARTS),
            metric=asking.metric(request),
            by=self.actor,
        )
        return Response(answers.drill(found), headers=headers)


class FactsView(HallView):
    tells_events = True

    @extend_schema(
        parameters=[
            OpenApiParameter("hall", UUID, required=True),
            *_PERIOD,
            OpenApiParameter("by", str, enum=[by.value for by in By]),
        ],
        responses=shapes.FactsOut,
    )
    def get(self, request: Request) -> Response:
        """Stored facts of one hall: by day, by window and day, or by cause and day."""
        headers, part = _headers(_head()), asking.by(request)
        most = asking.MOST_DAYS if part is By.DAY else asking.MOST_DAYS_IN_PARTS
        rows = queries.facts(
            hall_id=asking.hall_id(request),
            period=asking.period(request, most=most),
            part=part,
            by=self.actor,
        )
        return Response(
            {"results": [answers.fact(row) for row in rows], "next": None}, headers=headers
        )
