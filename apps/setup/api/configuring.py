"""Configurations over HTTP: of this hall, from a file, from a hall above."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.setup import above, configuration
from apps.setup.api import answers, inputs, shapes
from apps.setup.api.views import given
from apps.setup.services import configuring
from apps.staff.api.views import CommandView, HallView


class ConfigurationView(CommandView):
    @extend_schema(responses=shapes.ConfigurationOut)
    def get(self, request: Request) -> Response:
        """What this hall decided itself, as a document for another hall; nobody's data."""
        found = {"configuration": configuration.export(self.actor)}
        return Response(shapes.ConfigurationOut(found).data)

    @extend_schema(
        request=inputs.ConfigurationConfirmIn, responses={201: shapes.ConfigurationAppliedOut}
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take a configuration over, exactly as it was previewed, in one transaction."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.ConfigurationConfirmIn, request)
        made = configuring.take_over(body.pop("configuration"), by=self.actor, **body)
        return Response(shapes.ConfigurationAppliedOut(made).data, status=201)


class ConfigurationPreviewView(HallView):
    @extend_schema(request=inputs.ConfigurationIn, responses=shapes.ConfigurationDiffOut)
    def post(self, request: Request) -> Response:
        """What a configuration would change here. Nothing is written."""
        body = given(inputs.ConfigurationIn, request)
        found = configuring.look(body["configuration"], by=self.actor)
        return Response(shapes.ConfigurationDiffOut(answers.diff(found)).data)


class AboveView(CommandView):
    @extend_schema(responses=shapes.HallsAboveOut)
    def get(self, request: Request) -> Response:
        """The halls above this one, and which of them offer their configuration."""
        return Response(shapes.HallsAboveOut({"halls": above.offers(self.actor)}).data)

    @extend_schema(
        request=inputs.ConfigurationAboveConfirmIn,
        responses={201: shapes.ConfigurationAppliedOut},
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take over the configuration of a hall above, exactly as it was previewed."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.ConfigurationAboveConfirmIn, request)
        made = configuring.take_above(body.pop("hall"), by=self.actor, **body)
        return Response(shapes.ConfigurationAppliedOut(made).data, status=201)


class AbovePreviewView(HallView):
    @extend_schema(request=inputs.ConfigurationAboveIn, responses=shapes.ConfigurationDiffOut)
    def post(self, request: Request) -> Response:
        """What the configuration of a hall above would change here. Nothing is written here; the
        hall above keeps on record who looked."""
        body = given(inputs.ConfigurationAboveIn, request)
        found = configuring.look_above(body["hall"], by=self.actor)
        return Response(shapes.ConfigurationDiffOut(answers.diff(found)).data)
