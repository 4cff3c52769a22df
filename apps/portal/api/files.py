"""A citizen sends a file from the page of their case: no account, the case's own cookie."""

from types import MappingProxyType
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.attachments.api import bytes as wire
from apps.attachments.api.files import FILE, FILE_NAME, TAKEN, added
from apps.attachments.api.shapes import AddedOut
from apps.attachments.services import receiving
from apps.portal import services
from apps.portal.api.public import PublicCommand, address_of
from apps.portal.api.track import COOKIE
from bancheng.services.idempotency.once import once


class PortalFilesView(PublicCommand):
    refusals = MappingProxyType({"POST": (*TAKEN, 404, 429)})

    @extend_schema(
        request=FILE,
        parameters=[
            FILE_NAME,
            OpenApiParameter(COOKIE, str, OpenApiParameter.COOKIE, required=True),
        ],
        responses={201: AddedOut},
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Send a file to whoever handles the case; the body is its bytes."""
        ticket = request.COOKIES.get(COOKIE, "")
        case_id = services.case_for_files(ticket=ticket, address=address_of(request))
        under: dict[str, Any] = {"subject": "case", "subject_id": case_id, "by": self.actor}
        with receiving.received(wire.offered(request), **under) as arrival:
            return once(request, case_id, lambda: added(arrival, under), digest=arrival.digest)
