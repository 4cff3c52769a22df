"""Who answers for what, over HTTP: assisting units, arbiter, hand-over, report-up, explanation,
re-examination, the closing checklist."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases import dossier
from apps.cases.api import accountability_inputs as inputs
from apps.cases.api.accountability_shapes import ChecklistOut
from apps.cases.api.answering import one_of
from apps.cases.api.inputs import DispatchIn
from apps.cases.api.steps import Body, StepView, documented
from apps.cases.models import Case
from apps.cases.rules import Outcome
from apps.cases.services import (
    appealing,
    assisting,
    dispatching,
    explaining,
    handing_over,
    reporting_up,
)
from apps.cases.services.assisting import AssistReply
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.actor import Actor


@documented
class DesignateView(StepView):
    """As an arbiter, name the unit that has to handle the case; it may not give it back."""

    body = DispatchIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return dispatching.designate(case_id=case_id, version=version, by=by, **body)


@documented
class AssistSignView(StepView):
    """Take an assisting unit's part over."""

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return assisting.sign(case_id=case_id, version=version, by=by)


@documented
class AssistReplyView(StepView):
    """Answer the leading unit."""

    body = inputs.AssistReplyIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        given = AssistReply(**body)
        return assisting.reply(case_id=case_id, version=version, given=given, by=by)


@documented
class HandOverView(StepView):
    """Ask somebody to become accountable; nothing changes until they say yes."""

    body = inputs.HandOverIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return handing_over.offer(case_id=case_id, version=version, by=by, **body)


@documented
class HandOverAnswerView(StepView):
    """Become accountable, or decline."""

    body = inputs.HandOverAnswerIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return handing_over.answer(case_id=case_id, version=version, by=by, **body)


@documented
class ReportUpView(StepView):
    """Put a question to a leader."""

    body = inputs.ReportUpIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return reporting_up.report_up(case_id=case_id, version=version, by=by, **body)


@documented
class ReportUpAnswerView(StepView):
    """Decide about a question that was put to oneself."""

    body = inputs.ReportUpAnswerIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return reporting_up.answer(case_id=case_id, version=version, by=by, **body)


@documented
class ExplanationView(StepView):
    """Put one attempt to explain down: clause shown, words used, what was understood."""

    body = inputs.ExplanationIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return explaining.explain(case_id=case_id, version=version, by=by, **body)


@documented
class AppealView(StepView):
    """Write down that the person wants the result examined again."""

    body = inputs.AppealIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return appealing.appeal(case_id=case_id, version=version, by=by, **body)


@documented
class AppealAnswerView(StepView):
    """Uphold the result or change it, as somebody who had no part in it."""

    body = inputs.AppealAnswerIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return appealing.answer(case_id=case_id, version=version, by=by, **body)


class ChecklistView(HallView):
    @extend_schema(
        parameters=[OpenApiParameter("outcome", str, enum=list(Outcome))], responses=ChecklistOut
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        """What is there and what is missing for this end of the case."""
        outcome = one_of(request, "outcome", Outcome)
        return Response(ChecklistOut(dossier.closing_checklist(case_id, outcome, self.actor)).data)


ACCOUNTABILITY_STEPS: dict[str, type[CommandView]] = {
    "designate": DesignateView,
    "assist-sign": AssistSignView,
    "assist-reply": AssistReplyView,
    "hand-over": HandOverView,
    "hand-over-answer": HandOverAnswerView,
    "report-up": ReportUpView,
    "report-up-answer": ReportUpAnswerView,
    "explanation": ExplanationView,
    "appeal": AppealView,
    "appeal-answer": AppealAnswerView,
}
