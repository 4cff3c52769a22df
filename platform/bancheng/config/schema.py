"""The OpenAPI description, for signed-in staff."""

from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.authentication import SignedIn
from apps.staff.permissions import require


class SchemaView(SpectacularAPIView):
    permission_classes = (SignedIn,)
    metadata_class = None

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        require(request.user, "schema.read")
        answer: Response = super().get(request, *args, **kwargs)
        return answer
