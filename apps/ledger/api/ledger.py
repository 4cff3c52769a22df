"""The ledger itself over HTTP: its columns, a page, a selection, marks on one case."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, heads, paged, whole_case
from apps.cases.api.shapes import CaseOut
from apps.ledger import queries
from apps.ledger.api import inputs, shapes
from apps.ledger.api.asking import COLUMNS, FILTERS, PAGE, SORT, look
from apps.ledger.services import marking
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.paging import limit_of
from bancheng.kernel.api.versions import if_match


class ColumnsView(HallView):
    @extend_schema(responses=shapes.ColumnsOut)
    def get(self, request: Request) -> Response:
        """The 67 columns in their order; their words are the front end's."""
        return Response(shapes.ColumnsOut({"results": queries.column_list(self.actor)}).data)


class LedgerView(HallView):
    tells_events = True

    @extend_schema(parameters=[*FILTERS, COLUMNS, SORT, *PAGE], responses=shapes.LinesOut)
    def get(self, request: Request) -> Response:
        """A page of the ledger with the cells of the columns asked for."""
        headers, cursor = heads("desk"), request.GET.get("cursor", "")
        asked = look(request)
        found = queries.page(by=self.actor, limit=limit_of(request), cursor=cursor, **asked)
        return Response(paged(shapes.LinesOut, found.rows, found), headers=headers)


class SelectionView(HallView):
    @extend_schema(parameters=[*FILTERS, SORT], responses=shapes.SelectionOut)
    def get(self, request: Request) -> Response:
        """The cases of a whole filter, as many as one act may take, with their versions."""
        asked = look(request)
        rows, more = queries.selection(asked["asked"], self.actor, sort=asked["sort"])
        return Response(shapes.SelectionOut({"results": rows, "more": more}).data)


class ArchiveView(CommandView):
    precondition = Precondition.REQUIRED
    tells_events = True

    @extend_schema(request=inputs.ArchiveIn, responses=CaseOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put a closed case to the archive (column 66)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.ArchiveIn, request)
        case = marking.archive(case_id=kwargs["case_id"], version=version, by=self.actor, **body)
        return whole_case(case, self.actor)


class RemarkView(CommandView):
    precondition = Precondition.REQUIRED
    tells_events = True

    @extend_schema(request=inputs.RemarkIn, responses=CaseOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write the remark that the ledger shows (column 67)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.RemarkIn, request)
        case = marking.remark(case_id=kwargs["case_id"], version=version, by=self.actor, **body)
        return whole_case(case, self.actor)
