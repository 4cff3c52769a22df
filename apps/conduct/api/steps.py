"""One address per step of a file. Each parses, calls one service, shows the file to who may see
it afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given, versioned
from apps.cases.services.carrying_on import Matter
from apps.conduct import permissions, queries
from apps.conduct.api import inputs, shapes
from apps.conduct.models import ConductFile
from apps.conduct.rules import MeasureKind, Result, Step
from apps.conduct.services import measures, people, sending_up, verifying
from apps.conduct.services.measures import NewMeasure
from apps.conduct.services.verifying import Handing
from apps.staff.api.views import CommandView
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.versions import if_match

Body = dict[str, Any]


class FileStepView(CommandView):
    """Subclasses name the body and call the service in `take`."""

    precondition = Precondition.REQUIRED
    body: type[serializers.Serializer[Any]] = inputs.FileNoteIn

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(self.body, request)
        file = self.take(body, self.actor, file_id=kwargs["file_id"], version=version)
        return shown(file, self.actor)

    def take(self, body: Body, by: Actor, *, file_id: UUID, version: int) -> ConductFile:
        raise TypeError(f"{type(self).__name__} takes no step")


def shown(file: ConductFile, by: Actor) -> Response:
    """The file after a step; nothing for somebody who is outside of its circle now."""
    if not permissions.visible_to(by).filter(id=file.id).exists():
        return Response(status=204)
    return versioned(shapes.FileOut(queries.whole(file, by)).data, file.version, {})


def documented(view: type[FileStepView]) -> type[FileStepView]:
    """The step's body and answer in the OpenAPI description."""
    answers = {200: shapes.FileOut, 204: None}
    schema = extend_schema(request=view.body, responses=answers, description=view.__doc__)
    decorate: Callable[[type[FileStepView]], type[FileStepView]] = extend_schema_view(post=schema)
    return decorate(view)


@documented
class VerifyView(FileStepView):
    """Begin to verify."""

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return verifying.verify(by=by, **at, **body)


@documented
class LogView(FileStepView):
    """A line of the verification log."""

    body = inputs.FileLogIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return verifying.note(by=by, **at, **body)


@documented
class AccusedView(FileStepView):
    """Correct who is meant and what is alleged."""

    body = inputs.AccuseIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        said = inputs.accusation(body)
        return verifying.accuse_again(accusation=said, by=by, **at, **body)


@documented
class HandlersView(FileStepView):
    """Name the handlers."""

    body = inputs.HandlersIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return people.appoint(by=by, **at, **body)


@documented
class RecusalsView(FileStepView):
    """Keep out, or order somebody out."""

    body = inputs.RecusalIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return people.recuse(by=by, **at, **body)


@documented
class FindingView(FileStepView):
    """What verification found."""

    body = inputs.FileFindingIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return verifying.find(result=Result(body["result"]), text=body["text"], by=by, **at)


@documented
class MeasuresView(FileStepView):
    """What follows for somebody."""

    body = inputs.MeasureIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        wanted = NewMeasure(**body | {"kind": MeasureKind(body["kind"])})
        return measures.decide(given=wanted, by=by, **at)


@documented
class HandOverView(FileStepView):
    """Put down what was handed to discipline inspection."""

    body = inputs.ClueHandOverIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return verifying.hand_over(given=Handing(**body), by=by, **at)


@documented
class ReleaseView(FileStepView):
    """Give units a summary of its own words."""

    body = inputs.FileReleaseIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return verifying.release(by=by, **at, **body)


@documented
class FeedbackView(FileStepView):
    """Tell the complainant."""

    body = inputs.FileFeedbackIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return verifying.feed_back(by=by, **at, **body)


@documented
class ArchiveView(FileStepView):
    """Close the file."""

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return verifying.archive(by=by, **at, **body)


@documented
class SendUpView(FileStepView):
    """Hand the file to the hall above."""

    body = inputs.FileSendUpIn

    def take(self, body: Body, by: Actor, **at: Any) -> ConductFile:
        return sending_up.send_up(by=by, **at, **body)


class MatterView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=inputs.CarryOnIn, responses={201: shapes.CarriedOnOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Let the business go on as an ordinary case that knows nothing of the file."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, matter = if_match(request), Matter(**given(inputs.CarryOnIn, request))
        file_id = kwargs["file_id"]
        made = verifying.carry_on(file_id=file_id, version=version, matter=matter, by=self.actor)
        body = {"id": made.case_id, "number": made.number, "tracking_code": made.code}
        return Response(shapes.CarriedOnOut(body).data, status=201)


STEPS: dict[str, type[CommandView]] = {
    Step.VERIFY: VerifyView,
    Step.NOTE: LogView,
    Step.ACCUSE: AccusedView,
    Step.APPOINT: HandlersView,
    Step.RECUSE: RecusalsView,
    Step.FIND: FindingView,
    Step.MEASURE: MeasuresView,
    Step.HAND_OVER: HandOverView,
    Step.RELEASE: ReleaseView,
    Step.FEED_BACK: FeedbackView,
    Step.ARCHIVE: ArchiveView,
    Step.SEND_UP: SendUpView,
    Step.CARRY_ON: MatterView,
}
