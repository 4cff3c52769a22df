"""The OpenAPI description, for signed-in staff, and how it names the ways of signing in."""

from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpResponse
from django.utils.encoding import force_bytes
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.authentication import DEVICE_COOKIE, SignedIn, SignedInOrDevice
from apps.staff.permissions import require
from bancheng.kernel.actor import Actor

SAFE = ("GET", "HEAD")


class StaffScheme(OpenApiAuthenticationExtension):
    """A session cookie (with its CSRF token to write), a bearer token, a display's cookie."""

    target_class = "apps.staff.authentication.StaffAuthentication"
    name = ["session", "csrf", "token", "display"]

    def get_security_definition(self, auto_schema: AutoSchema) -> list[dict[str, Any]]:
        return [
            {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
            {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
            {"type": "http", "scheme": "bearer"},
            {"type": "apiKey", "in": "cookie", "name": DEVICE_COOKIE},
        ]

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[dict[str, list[Any]]]:
        allowed = auto_schema.view.permission_classes
        session: dict[str, list[Any]] = {"session": []}
        if auto_schema.method not in SAFE:
            session["csrf"] = []
        found = [session, {"token": []}]
        if SignedInOrDevice in allowed and auto_schema.method in SAFE:
            found.append({"display": []})
        return found if allowed else [{}, *found]


@cache
def _written(media_type: str) -> bytes:
    """The same for everybody for as long as the process lives; writing it takes seconds."""
    described = SchemaGenerator().get_schema(request=None, public=True)
    known = {one.media_type: one for one in SchemaView.renderer_classes}
    return force_bytes(known[media_type]().render(described, renderer_context={}))


class SchemaView(SpectacularAPIView):
    permission_classes = (SignedIn,)
    metadata_class = None

    def handle_exception(self, exc: Exception) -> Response:
        """Problems are JSON here too, not YAML."""
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        answer: Response = super().handle_exception(exc)
        return answer

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: object, **kwargs: object) -> HttpResponse:
        require(cast(Actor, request.user), "schema.read")
        chosen = request.accepted_renderer
        return HttpResponse(
            _written(chosen.media_type),
            content_type=f"{chosen.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="bancheng.{chosen.format}"'},
        )
