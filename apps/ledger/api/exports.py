"""Files of the ledger over HTTP: masked ones at once, plain ones asked for and decided first."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, paged, versioned
from apps.ledger import queries
from apps.ledger.api import inputs, shapes
from apps.ledger.api.asking import PAGE
from apps.ledger.api.streaming import streamed
from apps.ledger.models import Export
from apps.ledger.services import exporting
from apps.ledger.services.exporting import Wanted
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import page
from bancheng.kernel.api.versions import if_match

_FILE = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class FileView(HallView):
    @extend_schema(request=inputs.LedgerFileIn, responses=_FILE)
    def post(self, request: Request) -> StreamingHttpResponse:
        """The ledger as a file, with masks. Takes no Idempotency-Key: its answer is not kept."""
        body = given(inputs.LedgerFileIn, request)
        shape, locale = body.pop("format"), body.pop("locale")
        made = partial(exporting.masked, wanted=Wanted(**body), shape=shape, by=self.actor)
        return streamed(made, shape=shape, locale=locale)


class ExportsView(CommandView):
    @extend_schema(parameters=PAGE, responses=shapes.ExportsOut)
    def get(self, request: Request) -> Response:
        """Files in plain that the asker asked for, or may decide about, the newest first."""
        found = page(queries.exports(self.actor), order=queries.EXPORT_ORDER, request=request)
        rows = [queries.export_body(row, self.actor) for row in found.rows]
        return Response(paged(shapes.ExportsOut, rows, found))

    @extend_schema(request=inputs.ExportIn, responses={201: shapes.ExportOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask for a file with names, phones and ID numbers in plain."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.ExportIn, request)
        reason, purpose = body.pop("reason"), body.pop("purpose")
        made = exporting.ask(wanted=Wanted(**body), reason=reason, purpose=purpose, by=self.actor)
        return _shown(made, self, status=201)


class ExportView(HallView):
    @extend_schema(responses=shapes.ExportOut)
    def get(self, request: Request, export_id: UUID) -> Response:
        """One of them."""
        return _shown(queries.export(export_id, self.actor), self)


class DecisionView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.DecisionIn, responses=shapes.ExportOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Allow it or refuse it, as somebody else than who asked."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.DecisionIn, request)
        ident = kwargs["export_id"]
        made = exporting.decide(export_id=ident, version=version, by=self.actor, **body)
        return _shown(made, self)


class WithdrawView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=None, responses=shapes.ExportOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take back what one asked for."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, ident = if_match(request), kwargs["export_id"]
        made = exporting.withdraw(export_id=ident, version=version, by=self.actor)
        return _shown(made, self)


class PlainFileView(HallView):
    @extend_schema(request=inputs.PlainFileIn, responses=_FILE)
    def post(self, request: Request, export_id: UUID) -> StreamingHttpResponse:
        """The file that was allowed, made anew. Takes no Idempotency-Key: its answer is not kept,
        and every one counts."""
        body = given(inputs.PlainFileIn, request)
        shape, locale = body["format"], body["locale"]
        made = partial(exporting.fetch, export_id=export_id, shape=shape, by=self.actor)
        return streamed(made, shape=shape, locale=locale)


def _shown(made: Export, view: HallView, status: int = 200) -> Response:
    body = shapes.ExportOut(queries.export_body(made, view.actor)).data
    return versioned(body, made.version, {}, status=status)
