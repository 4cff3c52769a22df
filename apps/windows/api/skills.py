"""Skills and where they are missing (C-67)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView
from apps.windows import permissions, services, skills
from apps.windows.api.headers import version_seen, versioned
from apps.windows.api.serializers import ClerkOut, NothingIn, QueueRefOut, WindowRefOut
from apps.windows.services import Exam
from bancheng.kernel.api.openapi import Precondition


class SkillIn(serializers.Serializer[Any]):
    """A queue or an item, one of the two."""

    post = serializers.UUIDField()
    queue = serializers.UUIDField(required=False, allow_null=True, default=None)
    item_code = serializers.CharField(max_length=40, default="", allow_blank=True)
    tested_on = serializers.DateField()
    passed = serializers.BooleanField(default=True)
    score = serializers.CharField(max_length=20, default="", allow_blank=True)
    record = serializers.CharField(max_length=200, default="", allow_blank=True)


class SkillOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    post = serializers.UUIDField(source="post_id")
    name = serializers.CharField(source="post_name")
    queue = QueueRefOut(allow_null=True)
    item_code = serializers.CharField(allow_blank=True)
    tested_on = serializers.DateField()
    passed = serializers.BooleanField()
    score = serializers.CharField(allow_blank=True)
    record = serializers.CharField(allow_blank=True)
    recorded_by = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class SkillGapOut(serializers.Serializer[Any]):
    """`clerk` serves these queues at `window` without a test for them."""

    window = WindowRefOut()
    clerk = ClerkOut(source="window.clerk")
    queues = QueueRefOut(many=True)


class SkillsOut(serializers.Serializer[Any]):
    results = SkillOut(many=True)
    gaps = SkillGapOut(many=True)


class SkillsView(CommandView):
    @extend_schema(responses=SkillsOut)
    def get(self, request: Request) -> Response:
        """Who is trained for what, and the windows where it is missing."""
        permissions.require(self.actor, "skills.read")
        body = {"results": skills.seen(self.actor), "gaps": skills.gaps(self.actor)}
        return Response(SkillsOut(body).data)

    @extend_schema(request=SkillIn, responses={201: SkillOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Keep the record of a test."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = SkillIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.record_skill(Exam(**given.validated_data), by=self.actor)
        return versioned(Response(SkillOut(made).data, status=201), made.version)


class EndSkillView(CommandView):
    precondition = Precondition.OPTIONAL

    @extend_schema(request=NothingIn, responses=SkillOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The record counts no longer."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        seen, ident = version_seen(request), kwargs["skill_id"]
        ended = services.end_skill(skill_id=ident, version=seen, by=self.actor)
        return versioned(Response(SkillOut(ended).data), ended.version)
