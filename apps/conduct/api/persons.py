"""The person behind a file, and what somebody was told about themselves."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, versioned
from apps.conduct import queries
from apps.conduct.api import inputs, shapes
from apps.conduct.services import identity, measures
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.versions import if_match


class RevealsView(CommandView):
    @extend_schema(request=inputs.IdentityIn, responses={201: shapes.IdentityAskedOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask to see one field; somebody else of the circle decides."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = given(inputs.IdentityIn, request)
        asked = identity.ask(file_id=kwargs["file_id"], by=self.actor, **body)
        shown = shapes.IdentityAskedOut(queries.reveal(asked, self.actor)).data
        return Response(shown, status=201)


class RevealDecisionView(CommandView):
    @extend_schema(request=inputs.IdentityDecisionIn, responses=shapes.IdentityAskedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Agree as the second person, or not."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        approve = given(inputs.IdentityDecisionIn, request)["decision"] == "approve"
        asked = identity.decide(reveal_id=kwargs["reveal_id"], approve=approve, by=self.actor)
        return Response(shapes.IdentityAskedOut(queries.reveal(asked, self.actor)).data)


class ShowView(HallView):
    @extend_schema(request=None, responses=shapes.IdentityShownOut)
    def post(self, request: Request, reveal_id: UUID) -> Response:
        """The value, once. Takes no Idempotency-Key: its answer is not kept."""
        return Response({"value": identity.show(reveal_id=reveal_id, by=self.actor)})


class OwnMeasuresView(HallView):
    @extend_schema(operation_id="conduct_measures_own", responses=shapes.MeasuresOut)
    def get(self, request: Request) -> Response:
        """The measures the asker was told about."""
        found = queries.own_measures(self.actor)
        return Response(shapes.MeasuresOut({"results": found}).data)


class MeasureStepView(CommandView):
    precondition = Precondition.REQUIRED


class ServeView(MeasureStepView):
    @extend_schema(request=None, responses=shapes.MeasureOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Tell the person."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version = if_match(request)
        row = measures.serve(measure_id=kwargs["measure_id"], version=version, by=self.actor)
        return versioned(shapes.MeasureOut(queries.measure(row)).data, row.version, {})


class AppealView(MeasureStepView):
    @extend_schema(request=inputs.MeasureAppealIn, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The person's own say."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.MeasureAppealIn, request)
        measures.appeal(measure_id=kwargs["measure_id"], version=version, by=self.actor, **body)
        return Response(status=204)


class AppealDecisionView(MeasureStepView):
    @extend_schema(request=inputs.MeasureAppealDecisionIn, responses=shapes.MeasureOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Uphold or lift, by somebody who did not decide it."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.MeasureAppealDecisionIn, request)
        row = measures.decide_appeal(
            measure_id=kwargs["measure_id"], version=version, by=self.actor, **body
        )
        return versioned(shapes.MeasureOut(queries.measure(row)).data, row.version, {})
