"""Papers over HTTP: of something, one, its PDF, a new one, one taken back."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, versioned
from apps.documents import queries
from apps.documents.api import shapes
from apps.documents.rules import Paper, Subject
from apps.documents.services import issuing, printing
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.versions import if_match
from bancheng.kernel.errors import Invalid

_VIEWED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The browser shows a PDF by a viewer of its own, which older ones count as an object."""
_OF = [OpenApiParameter(subject.value, UUID) for subject in Subject]


class PapersView(CommandView):
    @extend_schema(parameters=_OF, responses=shapes.PapersOut)
    def get(self, request: Request) -> Response:
        """The papers about one thing, the newest first, and those the asker could issue now."""
        subject, subject_id = _asked(request)
        found = queries.of_subject(subject, subject_id, self.actor)
        return Response(shapes.PapersOut(found).data)

    @extend_schema(request=shapes.PaperIssueIn, responses={201: shapes.PaperOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Issue a paper under the next number of its kind; what it says is frozen."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(shapes.PaperIssueIn, request)
        made = issuing.issue(kind=Paper(body["kind"]), subject=body["subject"], by=self.actor)
        shown = shapes.PaperOut(queries.bodies([made], self.actor)[0]).data
        return versioned(shown, made.version, {}, status=201)


def _asked(request: Request) -> tuple[Subject, UUID]:
    """Exactly one thing is asked for; raises Invalid."""
    named = [subject for subject in Subject if request.GET.get(subject)]
    try:
        (subject,) = named
        return subject, UUID(request.GET[subject])
    except ValueError:
        raise Invalid(errors={"case": ["required"]}) from None


class PaperView(HallView):
    @extend_schema(responses=shapes.PaperOut)
    def get(self, request: Request, paper_id: UUID) -> Response:
        """One paper: its number, who issued it, whether it is void; not what it says."""
        found = queries.one(paper_id, self.actor)
        return versioned(shapes.PaperOut(found).data, found["version"], {})


class PaperPdfView(HallView):
    @extend_schema(
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description="The paper")
        }
    )
    def get(self, request: Request, paper_id: UUID) -> HttpResponse:
        """The paper as it was issued, as PDF; each time it is asked for goes on the record."""
        made = printing.printed(paper_id=paper_id, by=self.actor)
        answer = HttpResponse(made.content, content_type="application/pdf")
        name = quote(f"{made.number}.pdf")
        answer["Content-Security-Policy"] = _VIEWED
        answer["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
        return answer


class VoidView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=shapes.PaperVoidIn, responses=shapes.PaperOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take a paper back, with a reason; its number is not given again."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(shapes.PaperVoidIn, request)
        done = printing.void(paper_id=kwargs["paper_id"], version=version, by=self.actor, **body)
        shown = shapes.PaperOut(queries.bodies([done], self.actor)[0]).data
        return versioned(shown, done.version, {})
