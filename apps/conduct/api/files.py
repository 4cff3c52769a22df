"""Sealed files: the list of those in whose circle one is, one file, a new one, what follows."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, paged, versioned
from apps.cases.services.sealing import NewFile, Person
from apps.cases.tracking import first_code
from apps.conduct import queries
from apps.conduct.api import inputs, shapes
from apps.conduct.services import looking, opening
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match

_PAGE = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


class FilesView(CommandView):
    @extend_schema(operation_id="conduct_list", parameters=_PAGE, responses=shapes.FilesOut)
    def get(self, request: Request) -> Response:
        """The files whose circle names the asker, newest first."""
        found = page(queries.listed(self.actor), order=queries.ORDER, request=request)
        return Response(paged(shapes.FilesOut, queries.rows(found.rows), found))

    @extend_schema(request=inputs.FileIn, responses={201: shapes.FileReceiptOut})
    def post(self, request: Request, **kwargs: object) -> Response:
        """Write a complaint about conduct down quietly. The code is added after the answer was
        kept, so that it lies nowhere."""
        response = super().post(request, **kwargs)
        code = first_code(UUID(str(response.data["id"])))
        body = {"number": response.data["number"], "tracking_code": code}
        return Response(body, status=response.status_code)

    def act(self, request: Request, **kwargs: object) -> Response:
        body = given(inputs.FileIn, request)
        del body["pii_notice_accepted"]
        said, person = inputs.accusation(body), _person(body.pop("person"))
        case = opening.register(NewFile(person=person, accusation=said, **body), by=self.actor)
        return Response({"id": str(case.id), "number": case.number}, status=201)


def _person(body: dict[str, Any]) -> Person:
    known = ("kind", "relation", "name", "phone", "id_number", "enterprise_name")
    agent = body.get("agent") or {}
    return Person(
        **{name: body[name] for name in known},
        agent_name=agent.get("name", ""),
        agent_phone=agent.get("phone", ""),
        agent_id_number=agent.get("id_number", ""),
    )


class FileView(HallView):
    @extend_schema(responses=shapes.FileOut)
    def get(self, request: Request, file_id: UUID) -> Response:
        """One file; that it was read is written down."""
        found = looking.look(file_id, by=self.actor)
        return versioned(shapes.FileOut(found).data, found["version"], {})


class ActsView(HallView):
    @extend_schema(operation_id="conduct_audit", responses=shapes.FileActsOut)
    def get(self, request: Request, file_id: UUID) -> Response:
        """Who did what with the file, for its supervising level."""
        found = looking.acts(file_id, by=self.actor)
        return Response(shapes.FileActsOut({"results": found}).data)


class SealView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.CaseSealIn, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Make a sealed file of an open case."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body, version = given(inputs.CaseSealIn, request), if_match(request)
        said = inputs.accusation(body)
        opening.seal(
            case_id=kwargs["case_id"], version=version, accusation=said, by=self.actor, **body
        )
        return Response(status=204)
