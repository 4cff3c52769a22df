"""What supervisors and observers look through, and what a unit was given."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.conduct import queries
from apps.conduct.api import shapes
from apps.staff.api.views import HallView


class CluesView(HallView):
    @extend_schema(operation_id="conduct_clues", responses=shapes.PatternsOut)
    def get(self, request: Request) -> Response:
        """Agents met again and again at one clerk or window."""
        found = [asdict(one) for one in queries.clues(self.actor)]
        return Response(shapes.PatternsOut({"results": found}).data)


class WatchView(HallView):
    @extend_schema(operation_id="conduct_watch", responses=shapes.ConductWatchOut)
    def get(self, request: Request) -> Response:
        """Refusals, matters sent back and forth, broken promises."""
        return Response(shapes.ConductWatchOut(queries.watch(self.actor)).data)


class ReleasesView(HallView):
    @extend_schema(operation_id="conduct_releases", responses=shapes.FileReleasesOut)
    def get(self, request: Request) -> Response:
        """The summaries that were given to the asker's unit."""
        found = queries.releases(self.actor)
        return Response(shapes.FileReleasesOut({"results": found}).data)


class FiguresView(HallView):
    @extend_schema(operation_id="city_conduct", responses=shapes.ConductCellsOut)
    def get(self, request: Request) -> Response:
        """The city's counts by month, district and kind; what is too small is not told."""
        found = [asdict(one) for one in queries.figures(self.actor)]
        return Response(shapes.ConductCellsOut({"results": found}).data)
