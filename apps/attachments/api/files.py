"""Files over HTTP: those of a subject, one more, the bytes of one, taking one back."""

from types import MappingProxyType
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.attachments import queries
from apps.attachments.api import bytes as wire
from apps.attachments.api.shapes import AddedOut, AttachmentsOut, WithdrawIn
from apps.attachments.services import adding, reading, receiving, withdrawing
from apps.attachments.services.receiving import Arrival
from apps.staff.api.views import CommandView, HallView
from bancheng.services.idempotency.once import once

FILE = {"application/octet-stream": OpenApiTypes.BINARY}
FILE_NAME = OpenApiParameter(
    wire.NAME,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="the file's own name, percent-encoded UTF-8",
)
TAKEN = (400, 409, 413, 415)


class FilesView(CommandView):
    subject: ClassVar[str] = ""
    refusals = MappingProxyType({"POST": TAKEN})

    @extend_schema(responses=AttachmentsOut)
    def get(self, request: Request, subject_id: UUID) -> Response:
        """The files of a subject, and what may be added."""
        return Response(AttachmentsOut(queries.shelf(self.subject, subject_id, self.actor)).data)

    @extend_schema(
        request=FILE,
        parameters=[FILE_NAME, OpenApiParameter("personal", bool)],
        responses={201: AddedOut},
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add a file: the body is its bytes. `personal` says that it shows the applicant."""
        under = {"subject": self.subject, "subject_id": kwargs["subject_id"], "by": self.actor}
        owner = self.actor.post_id or under["subject_id"]
        with receiving.received(wire.offered(request), **under) as arrival:
            return once(request, owner, lambda: added(arrival, under), digest=arrival.digest)


def added(arrival: Arrival, under: dict[str, Any]) -> Response:
    """Keep it; the answer has no name, because answers are kept for a while."""
    return Response(AddedOut(adding.add(arrival, **under)).data, status=201)


class ContentView(HallView):
    refusals = MappingProxyType({"GET": (409,)})

    @extend_schema(
        parameters=[OpenApiParameter("inline", bool, description="a picture, to be looked at")],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, file_id: UUID) -> HttpResponse | StreamingHttpResponse:
        """The bytes of a released file."""
        content = reading.read(file_id=file_id, by=self.actor)
        return wire.answer(content, inline=request.GET.get("inline") == "true")


class WithdrawView(CommandView):
    @extend_schema(request=WithdrawIn, responses=AddedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take a file back: its bytes are destroyed, its line stays with the reason."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = WithdrawIn(data=request.data)
        given.is_valid(raise_exception=True)
        reason = given.validated_data["reason"]
        row = withdrawing.withdraw(file_id=kwargs["file_id"], reason=reason, by=self.actor)
        return Response(AddedOut(row).data)
