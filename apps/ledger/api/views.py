"""Saved views over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, versioned
from apps.ledger import queries
from apps.ledger.api import inputs, shapes
from apps.ledger.models import View
from apps.ledger.services import views
from apps.ledger.services.views import Look
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.versions import if_match


class ViewsView(CommandView):
    @extend_schema(responses=shapes.ViewsOut)
    def get(self, request: Request) -> Response:
        """One's own saved views and the team's."""
        return Response(shapes.ViewsOut({"results": queries.views(self.actor)}).data)

    @extend_schema(request=inputs.ViewIn, responses={201: shapes.ViewOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Save what is looked at under a name."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        made = views.save(look=Look(**given(inputs.ViewIn, request)), by=self.actor)
        return _shown(made, self, status=201)


class ViewView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.ViewIn, responses=shapes.ViewOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Rename a view, or let it hold what is looked at now."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, look = if_match(request), Look(**given(inputs.ViewIn, request))
        made = views.change(view_id=kwargs["view_id"], version=version, look=look, by=self.actor)
        return _shown(made, self)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, view_id: UUID) -> Response:
        """Forget a view."""
        views.remove(view_id=view_id, by=self.actor)
        return Response(status=204)


def _shown(made: View, view: HallView, status: int = 200) -> Response:
    body = shapes.ViewOut(queries.view_body(made, view.actor)).data
    return versioned(body, made.version, {}, status=status)
