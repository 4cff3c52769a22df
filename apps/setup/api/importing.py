"""Sheets on their way over HTTP."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.setup import imports
from apps.setup.api import answers, inputs, shapes
from apps.setup.api.views import file, given
from apps.setup.import_kinds import KINDS
from apps.setup.services import importing
from apps.staff.api.views import CommandView, HallView
from bancheng.city.imports.runs import Import
from bancheng.kernel.api import versions
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.sheets.uploads import content_of
from bancheng.kernel.sheets.writing import XLSX


class ImportsView(CommandView):
    @extend_schema(
        operation_id="setup_imports_latest",
        parameters=[OpenApiParameter("kind", str, enum=list(KINDS), default="people")],
        responses=shapes.LatestImportOut,
    )
    def get(self, request: Request) -> Response:
        """The newest sheet of a kind: running, waiting to be confirmed, or over."""
        found = imports.latest(request.GET.get("kind", "people"), self.actor)
        body = {"latest": answers.run(found, self.actor) if found else None}
        return Response(shapes.LatestImportOut(body).data)

    @extend_schema(request=inputs.ImportIn, responses={201: shapes.ImportOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Hand a sheet in for a look; it is read and compared without holding the request."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.ImportIn, request)
        body["content"] = content_of(body["content"])
        return _shown(importing.begin(**body, by=self.actor), self, 201)


class ImportView(HallView):
    @extend_schema(responses=shapes.ImportOut)
    def get(self, request: Request, import_id: UUID) -> Response:
        """How far it is."""
        return _shown(imports.one(import_id, self.actor), self)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, import_id: UUID) -> Response:
        """Leave it; not while it is being taken over."""
        importing.drop(import_id=import_id, by=self.actor)
        return Response(status=204)


class ConfirmView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=None, responses=shapes.ImportOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take over exactly what the look found."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, ident = versions.if_match(request), kwargs["import_id"]
        return _shown(importing.confirm(import_id=ident, version=version, by=self.actor), self)


class PasswordsView(CommandView):
    told: list[dict[str, Any]] | None = None

    @extend_schema(request=None, responses=shapes.NewPeopleOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The one-time passwords of those taken on. They are not kept with the answer: the same key
        again gets none."""
        answer = super().post(request, **kwargs)
        if self.told is not None:
            answer.data = shapes.NewPeopleOut({"people": self.told}).data
        return answer

    def act(self, request: Request, **kwargs: Any) -> Response:
        self.told = importing.passwords(import_id=kwargs["import_id"], by=self.actor)
        return Response(shapes.NewPeopleOut({"people": []}).data)


class PeopleTemplateView(HallView):
    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        """An XLSX with the headings and one example."""
        return file(imports.people_template(self.actor), XLSX, "people-template.xlsx")


def _shown(row: Import, view: HallView, status: int = 200) -> Response:
    headers = {"ETag": versions.etag(row.version)}
    body = shapes.ImportOut(answers.run(row, view.actor)).data
    return Response(body, status=status, headers=headers)
