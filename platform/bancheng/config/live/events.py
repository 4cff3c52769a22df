"""The log over HTTP, for pages that poll while they have no socket."""

from types import MappingProxyType
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import HallView
from apps.staff.authentication import SignedInOrDevice
from bancheng.config.live import frames, topics
from bancheng.kernel.errors import NotFound
from bancheng.services.live import log

MOST = 500
_EVENT = ("seq", "at", "kind", "ref", "version", "data", "actor", "cid")


class EventsIn(serializers.Serializer[Any]):
    topic = serializers.CharField(max_length=frames.LONGEST_TOPIC)
    after = serializers.IntegerField(min_value=0, max_value=frames.LARGEST_SEQ, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=MOST)


class EventOut(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    ref = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    data = serializers.DictField()  # type: ignore[assignment]
    actor = serializers.CharField()
    cid = serializers.CharField()


class EventsOut(serializers.Serializer[Any]):
    topic = serializers.CharField()
    head = serializers.IntegerField()
    events = EventOut(many=True)
    reset = serializers.BooleanField()


class EventsView(HallView):
    """`reset` says that the numbers after `after` are gone: fetch the page, go on from `head`.

    Without `after` only the head is told. A topic one may not hear is answered like an unknown one.
    """

    permission_classes = (SignedInOrDevice,)
    refusals = MappingProxyType({"GET": (404,)})

    @extend_schema(
        parameters=[
            OpenApiParameter("topic", str, required=True),
            OpenApiParameter("after", int),
            OpenApiParameter("limit", int),
        ],
        responses=EventsOut,
    )
    def get(self, request: Request) -> Response:
        given = EventsIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        topic = given.validated_data["topic"]
        if not topics.may_hear(self.actor, topic):
            raise NotFound
        return Response(
            _page(topic, given.validated_data.get("after"), given.validated_data["limit"])
        )


def _page(topic: str, after: int | None, limit: int) -> dict[str, Any]:
    found = [] if after is None else log.since(topic, after)
    head = log.heads([topic])[topic]
    events = [{name: frame[name] for name in _EVENT} for frame in (found or [])[:limit]]
    return {"topic": topic, "head": head, "events": events, "reset": found is None}
