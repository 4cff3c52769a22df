"""Cases and receptions: lists, one, new, and one field in plain."""

from dataclasses import replace
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases import dossier, queries, tracking
from apps.cases.api import shapes
from apps.cases.api.answering import (
    given,
    heads,
    versioned,
    whole_case,
)
from apps.cases.api.inputs import RevealIn
from apps.cases.api.intake_given import new_case, new_reception
from apps.cases.api.intake_inputs import CaseIn, ReceptionIn
from apps.cases.api.time_shapes import ExplanationOut
from apps.cases.listing import pages, sorts
from apps.cases.listing import rows as listing
from apps.cases.listing import wanted as filters
from apps.cases.listing.narrowing import narrowed
from apps.cases.services import applicants, registration
from apps.cases.timekeeping import ruler
from apps.drafts.api.sent import named
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.paging import Page, limit_of, page

REVEALED_SECONDS = 300
_PAGE = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


class ReceptionsView(CommandView):
    @extend_schema(parameters=_PAGE, responses=shapes.ReceptionsOut)
    def get(self, request: Request) -> Response:
        """The hall's receptions, newest first."""
        found = page(queries.receptions(self.actor), order=queries.RECEPTION_ORDER, request=request)
        rows = [dossier.reception(one) for one in found.rows]
        return Response({"results": rows, "next": found.next})

    @extend_schema(request=ReceptionIn, responses={201: shapes.ReceptionOut})
    def post(self, request: Request, **kwargs: object) -> Response:
        """Count somebody who came to the desk."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: object) -> Response:
        wanted = new_reception(given(ReceptionIn, request))
        made = registration.receive(wanted, by=self.actor)
        return versioned(dossier.reception(made), made.version, {}, status=201)


class CasesView(CommandView):
    tells_events = True

    @extend_schema(
        operation_id="cases_list",
        parameters=[*filters.OPENAPI, sorts.OPENAPI, *_PAGE],
        responses=shapes.CasesOut,
    )
    def get(self, request: Request) -> Response:
        """The cases the asker may see, newest first or in the order asked for. The rows are
        written as they are: a serializer for each costs more than finding them."""
        headers = heads("desk")
        found = _listed(request, self.actor)
        rows = listing.summaries(found.rows, self.actor)
        return Response({"results": rows, "next": found.next}, headers=headers)

    @extend_schema(request=CaseIn, responses={201: shapes.NewCaseOut})
    def post(self, request: Request, **kwargs: object) -> Response:
        """Make a case of a reception. The code is added after the answer was kept, so that it
        lies nowhere; a repeated request gets it again."""
        response = super().post(request, **kwargs)
        code = tracking.first_code(UUID(str(response.data["id"])))
        return Response(
            {**response.data, "tracking_code": code},
            status=response.status_code,
            headers=dict(response.items()),
        )

    def act(self, request: Request, **kwargs: object) -> Response:
        wanted = replace(new_case(given(CaseIn, request)), draft=named(request))
        case = registration.register(wanted, by=self.actor)
        return whole_case(case, self.actor, status=201)


class CaseView(HallView):
    tells_events = True

    @extend_schema(responses=shapes.CaseOut)
    def get(self, request: Request, case_id: UUID) -> Response:
        """One case with its history and what the asker can do next."""
        headers = heads(f"case:{case_id}")
        found = dossier.read(case_id, self.actor)
        return versioned(found, found["version"], headers)


class RevealView(HallView):
    @extend_schema(request=RevealIn, responses=shapes.RevealOut)
    def post(self, request: Request, case_id: UUID) -> Response:
        """One field in plain, on the record. Takes no Idempotency-Key: its answer is not kept."""
        body = given(RevealIn, request)
        value = applicants.reveal(case_id=case_id, by=self.actor, **body)
        return Response({"value": value, "expires_in": REVEALED_SECONDS})


class ExplanationView(HallView):
    @extend_schema(responses=ExplanationOut)
    def get(self, request: Request, deadline_id: UUID) -> Response:
        """Which days counted towards a deadline, and why."""
        found = ruler.explanation(deadline_id, self.actor)
        return Response(ExplanationOut(found).data)


def _listed(request: Request, by: Actor) -> Page:
    """The page that the address names."""
    wanted, cursor = filters.of_query(request.GET), request.GET.get("cursor", "")
    rows = narrowed(wanted, by)
    sort = sorts.suited(sorts.of(request.GET.get("sort", "")), wanted)
    return pages.page(rows, sort, limit=limit_of(request), cursor=cursor, columns=listing.COLUMNS)
