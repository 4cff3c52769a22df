"""One address per step of a case. Each parses, calls one service, shows the case."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases import correspondence
from apps.cases.accountability.kept import NOTHING_SAID, ClosingFile
from apps.cases.api import inputs, shapes
from apps.cases.api.answering import event_seq, given, versioned, whole_case
from apps.cases.details import Remedy
from apps.cases.models import Case
from apps.cases.rules import Outcome
from apps.cases.services import (
    answering,
    closing,
    dispatching,
    handling,
    referring,
    refusing,
    undoing,
)
from apps.cases.services.answering import Callback
from apps.cases.services.closing import OnSpot
from apps.cases.services.handling import Reply, Spoken
from apps.cases.services.referring import Referral
from apps.cases.services.refusing import Proposal
from apps.staff.api.views import CommandView
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.api.versions import if_match

Body = dict[str, Any]


class StepView(CommandView):
    """Subclasses name the body and call the service in `take`."""

    precondition = Precondition.REQUIRED
    tells_events = True
    body: type[serializers.Serializer[Any]] = inputs.NothingIn
    answers: Mapping[int, Any] = MappingProxyType({200: shapes.CaseOut})

    def act(self, request: Request, **kwargs: Any) -> Response:
        version = if_match(request)
        case = self.take(kwargs["case_id"], version, given(self.body, request), self.actor)
        return whole_case(case, self.actor) if not case.sealed else Response(status=204)

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        raise TypeError(f"{type(self).__name__} takes no step")


def closing_file(said: Body | None) -> ClosingFile:
    """What was said for the checklist; nothing when it was left out."""
    return ClosingFile(**said | {"tools": tuple(said["tools"])}) if said else NOTHING_SAID


def documented(view: type[StepView]) -> type[StepView]:
    """The step's body and answer in the OpenAPI description."""
    schema = extend_schema(
        request=view.body,
        responses=dict(view.answers),
        description=view.__doc__,
    )
    decorate: Callable[[type[StepView]], type[StepView]] = extend_schema_view(post=schema)
    return decorate(view)


@documented
class DispatchView(StepView):
    """Hand the case to a department."""

    body = inputs.DispatchIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return dispatching.dispatch(case_id=case_id, version=version, by=by, **body)


@documented
class ReturnView(StepView):
    """Give the case back with a coded reason."""

    body = inputs.ReturnIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return dispatching.return_(case_id=case_id, version=version, by=by, **body)


@documented
class SignView(StepView):
    """Take the case over for the department."""

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return handling.sign(case_id=case_id, version=version, by=by)


@documented
class ContactView(StepView):
    """Put down that the person was contacted."""

    body = inputs.ContactIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        spoken = Spoken(*(body.pop(name) for name in ("spoken_with", "next_step", "answered")))
        return handling.contact(case_id=case_id, version=version, by=by, spoken=spoken, **body)


@documented
class ReplyView(StepView):
    """Answer for the department."""

    body = inputs.ReplyIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        said = Reply(**body | {"tools": tuple(body["tools"])})
        return handling.reply(case_id=case_id, version=version, given=said, by=by)


@documented
class ReviewView(StepView):
    """Pass a reply on or send it back."""

    body = inputs.ReviewIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return handling.review(case_id=case_id, version=version, by=by, **body)


@documented
class DeliverView(StepView):
    """Give the person the result."""

    body = inputs.DeliverIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return answering.deliver(case_id=case_id, version=version, by=by, **body)


@documented
class RefusalView(StepView):
    """Propose a refusal to somebody who may approve it."""

    body = inputs.RefusalIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        proposal = Proposal(**body | {"remedy": Remedy(**body["remedy"])})
        return refusing.propose(case_id=case_id, version=version, proposal=proposal, by=by)


@documented
class ApprovalView(StepView):
    """Approve or reject a proposed refusal."""

    body = inputs.ApprovalIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return refusing.decide(case_id=case_id, version=version, by=by, **body)


@documented
class CallbackView(StepView):
    """Ask the person; with an outcome the case closes in the same step."""

    body = inputs.CallbackIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        outcome = Outcome(body["outcome"]) if body["outcome"] else None
        said = Callback(**body | {"outcome": outcome, "file": closing_file(body["file"])})
        return answering.call_back(case_id=case_id, version=version, given=said, by=by)


@documented
class ReopenView(StepView):
    """Begin again."""

    body = inputs.ReopenIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return closing.reopen(case_id=case_id, version=version, by=by, **body)


@documented
class CloseView(StepView):
    """End the case; from triage only with what was given on the spot."""

    body = inputs.CloseIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return closing.close(
            case_id=case_id,
            version=version,
            outcome=Outcome(body["outcome"]),
            note=body["note"],
            on_spot=OnSpot(**body["on_spot"]) if body["on_spot"] else None,
            file=closing_file(body["file"]),
            by=by,
        )


@documented
class UndoView(StepView):
    """Take one's own dispatch or end back, within seconds."""

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return undoing.undo(case_id=case_id, version=version, by=by)


class ReferView(CommandView):
    precondition = Precondition.REQUIRED
    tells_events = True

    @extend_schema(request=inputs.ReferralIn, responses={201: shapes.ReferralOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Hand the case to a hall above."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version, body = if_match(request), given(inputs.ReferralIn, request)
        del body["direction"]
        body["files"] = body["files"] if body["files"] is None else tuple(body["files"])
        sent = referring.refer_upward(
            case_id=kwargs["case_id"], version=version, given=Referral(**body), by=self.actor
        )
        shown = shapes.ReferralOut(correspondence.one(sent.letter_id, self.actor)).data
        return versioned(shown, shown["version"], event_seq(sent.case.heads), status=201)


STEPS: dict[str, type[CommandView]] = {
    "dispatch": DispatchView,
    "return": ReturnView,
    "sign": SignView,
    "contact": ContactView,
    "reply": ReplyView,
    "review": ReviewView,
    "deliver": DeliverView,
    "refusal": RefusalView,
    "refusal-approval": ApprovalView,
    "callback": CallbackView,
    "reopen": ReopenView,
    "close": CloseView,
    "undo": UndoView,
    "referrals": ReferView,
}
