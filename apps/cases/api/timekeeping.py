"""Pausing, running on, and more time, over HTTP."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.cases.api.inputs import choice, text
from apps.cases.api.steps import Body, StepView, documented
from apps.cases.models import Case
from apps.cases.services import extending, pausing
from apps.cases.services.pausing import NewPause
from bancheng.city.calendar import declared
from bancheng.kernel.actor import Actor

TOLD = ("phone", "sms", "in_person", "written")


class PauseIn(serializers.Serializer[Any]):
    """`until`: the day on which the clock runs on."""

    reason = choice(*declared.PAUSE_REASONS)
    told = choice(*TOLD)
    note = text()
    until = serializers.DateField(required=False, allow_null=True, default=None)


class ResumeIn(serializers.Serializer[Any]):
    note = text()


class ExtensionIn(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=60)
    reason = text(needed=True)


class ExtensionDecisionIn(serializers.Serializer[Any]):
    decision = choice("approve", "refuse")
    note = text(needed=True)


@documented
class PauseView(StepView):
    """Let the clock stand still for a listed reason that the applicant was told."""

    body = PauseIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return pausing.pause(case_id=case_id, version=version, given=NewPause(**body), by=by)


@documented
class ResumeView(StepView):
    """Let the clock run on."""

    body = ResumeIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return pausing.resume(case_id=case_id, version=version, by=by, **body)


@documented
class ExtensionView(StepView):
    """Ask for more time before the promise is over."""

    body = ExtensionIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return extending.ask(case_id=case_id, version=version, by=by, **body)


@documented
class ExtensionDecisionView(StepView):
    """Grant or refuse it, with a reason that the person is told."""

    body = ExtensionDecisionIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return extending.decide(case_id=case_id, version=version, by=by, **body)


STEPS: dict[str, type[StepView]] = {
    "pause": PauseView,
    "resume": ResumeView,
    "extension": ExtensionView,
    "extension-decision": ExtensionDecisionView,
}
