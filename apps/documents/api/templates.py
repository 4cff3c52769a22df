"""Templates over HTTP: all of them, the hall's own, a look, the end of an upgrade."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, versioned
from apps.documents import queries
from apps.documents.api import shapes
from apps.documents.rules import Paper
from apps.documents.services import editing
from apps.documents.services.editing import Words
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.versions import if_match


class TemplatesView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(responses=shapes.TemplatesOut)
    def get(self, request: Request) -> Response:
        """Every paper's template: the words in force, those shipped, what it may and must say."""
        return Response(shapes.TemplatesOut({"results": queries.all_templates(self.actor)}).data)

    @extend_schema(request=shapes.TemplateWordsIn, responses=shapes.TemplateOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Make a template the hall's own. If-Match is its version, 0 while it is shipped."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, (kind, words) = if_match(request), _words(request)
        editing.save(kind=kind, version=version, words=words, by=self.actor)
        return _shown(kind)


class SettleView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=shapes.TemplateSettleIn, responses=shapes.TemplateOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Back to the shipped template, or stay with one's own after an upgrade."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(shapes.TemplateSettleIn, request)
        kind = Paper(body["kind"])
        editing.settle(kind=kind, version=version, way=body["way"], by=self.actor)
        return _shown(kind)


class LookView(HallView):
    @extend_schema(request=shapes.TemplateWordsIn, responses=shapes.TemplateLookOut)
    def post(self, request: Request) -> Response:
        """How a paper would look with these words; nothing is stored."""
        kind, words = _words(request)
        return Response(
            shapes.TemplateLookOut(editing.preview(kind=kind, words=words, by=self.actor)).data
        )


def _words(request: Request) -> tuple[Paper, Words]:
    body = given(shapes.TemplateWordsIn, request)
    return Paper(body.pop("kind")), Words(**body)


def _shown(kind: Paper) -> Response:
    found = editing.one(kind)
    return versioned(shapes.TemplateOut(found).data, int(str(found["version"])), {})
