"""One's own notices over HTTP."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.notices import queries, services
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.paging import page
from bancheng.services.live import log as live

_PAGE = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


class NoticeOut(serializers.Serializer[Any]):
    """`subject` and `subject_id` say what to open; the words are the client's, by `kind`."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    subject = serializers.CharField()
    subject_id = serializers.UUIDField(allow_null=True)
    number = serializers.CharField()
    params = serializers.DictField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NoticesOut(serializers.Serializer[Any]):
    results = NoticeOut(many=True)
    next = serializers.CharField(allow_null=True)
    unread = serializers.IntegerField(help_text="counted up to 100")


class ReadIn(serializers.Serializer[Any]):
    ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=200
    )
    all = serializers.BooleanField(required=False, default=False)


class UnreadOut(serializers.Serializer[Any]):
    unread = serializers.IntegerField()


class NoticesView(HallView):
    tells_events = True

    @extend_schema(parameters=_PAGE, responses=NoticesOut)
    def get(self, request: Request) -> Response:
        """The asker's own notices: unread first, then the newest."""
        topic = f"post:{self.actor.post_id}"
        seq = live.heads([topic])[topic]
        found = page(queries.own(self.actor), order=queries.ORDER, request=request)
        count = queries.unread_beside(found, self.actor, first="cursor" not in request.GET)
        body = {"results": found.rows, "next": found.next, "unread": count}
        return Response(NoticesOut(body).data, headers={"X-Event-Seq": f"{topic}={seq}"})


class ReadView(CommandView):
    @extend_schema(request=ReadIn, responses=UnreadOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Mark notices as read: these, or all."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = ReadIn(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        services.mark_read(ids=wanted["ids"], everything=wanted["all"], by=self.actor)
        return Response({"unread": queries.unread(self.actor)})
