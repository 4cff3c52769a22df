"""Items and readiness over HTTP."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.setup import queries, readiness
from apps.setup.api import answers, inputs, shapes
from apps.setup.services import items
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api import versions
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.sheets.writing import CSV, XLSX

_PAGE = [
    OpenApiParameter("limit", int),
    OpenApiParameter("cursor", str),
    OpenApiParameter("q", str, description="part of a name, code or unit"),
    OpenApiParameter("state", str, enum=list(queries.STATES)),
]


def given(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The checked body; raises ValidationError."""
    found = shape(data=request.data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


class ItemsView(CommandView):
    @extend_schema(parameters=_PAGE, responses=shapes.CatalogueItemsOut)
    def get(self, request: Request) -> Response:
        """The network's service items by code, with what this hall does differently."""
        found = queries.items(request._request, self.actor)
        return Response(shapes.CatalogueItemsOut(answers.items(found, self.actor)).data)

    @extend_schema(request=inputs.CatalogueItemIn, responses={201: shapes.SetupMadeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add an item, in the city's own hall."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        made = items.add(inputs.item_of(given(inputs.CatalogueItemIn, request)), by=self.actor)
        return Response(shapes.SetupMadeOut({"id": made}).data, status=201)


class ItemView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(responses=shapes.CatalogueItemOut)
    def get(self, request: Request, item_id: UUID) -> Response:
        """One item."""
        return _item(item_id, self)

    @extend_schema(request=inputs.CatalogueItemIn, responses=shapes.CatalogueItemOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Replace what an item says, in the city's own hall; its code stays."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version = versions.if_match(request)
        wanted = inputs.item_of(given(inputs.CatalogueItemIn, request))
        items.change(item_id=kwargs["item_id"], version=version, item=wanted, by=self.actor)
        return _item(kwargs["item_id"], self)


class ItemHereView(CommandView):
    @extend_schema(request=inputs.ItemAtHallIn, responses=shapes.CatalogueItemOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """What this hall does differently about an item, from a day on."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = inputs.at_hall_of(given(inputs.ItemAtHallIn, request))
        items.do_here(item_id=kwargs["item_id"], wanted=wanted, by=self.actor)
        return _item(kwargs["item_id"], self)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, item_id: UUID) -> Response:
        """Do it as the network does."""
        items.do_as_the_network(item_id=item_id, by=self.actor)
        return Response(status=204)


class ItemHereReadView(HallView):
    @extend_schema(
        parameters=[OpenApiParameter("code", str)], responses=shapes.CatalogueItemHereOut
    )
    def get(self, request: Request) -> Response:
        """What an item asks for and promises here, for the forms about a case."""
        found = queries.item_for_forms(request.GET.get("code", ""), self.actor)
        return Response(shapes.CatalogueItemHereOut({"item": found}).data)


class TemplateView(HallView):
    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        """An XLSX with the headings and one example."""
        return file(queries.template(self.actor), XLSX, "service-items-template.xlsx")


class ExportView(HallView):
    @extend_schema(
        parameters=[OpenApiParameter("as", str, enum=["xlsx", "csv"])],
        responses={(200, XLSX): OpenApiTypes.BINARY, (200, CSV): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every item as a sheet that can be imported again."""
        as_csv = request.GET.get("as") == "csv"
        found = queries.exported(self.actor, as_csv_=as_csv)
        ending = "csv" if as_csv else "xlsx"
        return file(found, CSV if as_csv else XLSX, f"service-items.{ending}")


class ReadinessView(HallView):
    @extend_schema(responses=shapes.ReadinessOut)
    def get(self, request: Request) -> Response:
        """Is the hall ready to open? Each check with its evidence and the page that mends it."""
        found = answers.readiness(readiness.of_hall(self.actor))
        return Response(shapes.ReadinessOut(found).data)


def _item(item_id: UUID, view: HallView) -> Response:
    found = queries.item(item_id, view.actor)
    headers = {"ETag": versions.etag(found["version"])}
    return Response(shapes.CatalogueItemOut(found).data, headers=headers)


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved under a name."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
