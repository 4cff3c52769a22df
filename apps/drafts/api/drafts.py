"""One's own drafts over HTTP."""

from types import MappingProxyType
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.drafts import queries
from apps.drafts.services import keeping
from apps.drafts.services.keeping import Form
from apps.staff.api.views import HallView
from bancheng.kernel.api.paging import page

_MOST = 1_000_000_000


class DraftIn(serializers.Serializer[Any]):
    """`version` is that of the draft the text was begun from, 0 for none."""

    subject = serializers.ChoiceField(
        choices=["", "case", "ticket", "letter", "work", "meeting"], required=False, default=""
    )
    subject_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    form = serializers.RegexField(r"^[a-z0-9_:-]{1,60}$")
    body = serializers.DictField()
    version = serializers.IntegerField(min_value=0, max_value=_MOST, required=False, default=0)


class DraftsIn(serializers.Serializer[Any]):
    subject = serializers.CharField(max_length=20, required=False, default="")
    subject_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    form = serializers.CharField(max_length=60, required=False, default="")


class SavedOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class DraftOut(SavedOut):
    subject = serializers.CharField()
    subject_id = serializers.UUIDField(allow_null=True)
    form = serializers.CharField()
    body = serializers.DictField()


class DraftsOut(serializers.Serializer[Any]):
    results = DraftOut(many=True)
    next = serializers.CharField(allow_null=True)


class DraftsView(HallView):
    """Without an Idempotency-Key: saving the same text twice changes nothing, and what was typed
    should not lie among the kept answers."""

    refusals = MappingProxyType({"POST": (404, 409)})

    @extend_schema(
        parameters=[
            OpenApiParameter("subject", str),
            OpenApiParameter("subject_id", UUID),
            OpenApiParameter("form", str),
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str),
        ],
        responses=DraftsOut,
    )
    def get(self, request: Request) -> Response:
        """The asker's own drafts, the newest first: of one subject, one form, or all."""
        asked = DraftsIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = queries.own(self.actor, **asked.validated_data)
        found = page(rows, order=queries.ORDER, request=request)
        shown = [queries.opened(row) for row in found.rows]
        return Response(DraftsOut({"results": shown, "next": found.next}).data)

    @extend_schema(request=DraftIn, responses=SavedOut)
    def post(self, request: Request) -> Response:
        """Keep what was typed into a form: one draft for each post, form and subject."""
        body = DraftIn(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        form = Form(given["form"], given["subject"], given["subject_id"])
        saved = keeping.save(form, given["body"], version=given["version"], by=self.actor)
        return Response(SavedOut(saved).data)


class DraftView(HallView):
    refusals = MappingProxyType({"DELETE": (404,)})

    @extend_schema(responses={204: None})
    def delete(self, request: Request, draft_id: UUID) -> Response:
        """Throw one's own draft away."""
        keeping.discard(draft_id=draft_id, by=self.actor)
        return Response(status=204)
