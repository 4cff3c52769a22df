"""Steps between the door and the department: triage, a change of cause, merging, notices."""

from types import MappingProxyType
from uuid import UUID

from apps.cases.api import intake_given, intake_inputs, shapes
from apps.cases.api.sealing import accusation
from apps.cases.api.steps import Body, StepView, documented
from apps.cases.intake.link_kinds import LinkKind
from apps.cases.models import Case
from apps.cases.services import contact_data, linking, merging, noticing, triage
from apps.staff.api.views import CommandView
from bancheng.kernel.actor import Actor

_SEALED = MappingProxyType({200: shapes.CaseOut, 204: None})


@documented
class TriageView(StepView):
    """Should it be done, can it, why is it stuck. 204: it is a sealed file now."""

    body = intake_inputs.TriageIn
    answers = _SEALED

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        put_down = triage.triage_and_dispatch if body["dispatch"] else triage.triage
        finding = intake_given.finding(body)
        return put_down(case_id=case_id, version=version, finding=finding, by=by)


@documented
class CauseChangeView(StepView):
    """Judge a case that is with a department anew. 204: it is a sealed file now."""

    body = intake_inputs.CauseChangeIn
    answers = _SEALED

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return triage.change_cause(
            case_id=case_id,
            version=version,
            seal=accusation(body),
            given=intake_given.judged(body),
            reason=body["reason"],
            by=by,
        )


@documented
class MergeView(StepView):
    """End the case as merged into another; it can be undone for some days."""

    body = intake_inputs.MergeIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return merging.merge(case_id=case_id, version=version, by=by, **body)


@documented
class UnmergeView(StepView):
    """Take the case out of the other again, as it stood."""

    body = intake_inputs.NoteIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return merging.unmerge(case_id=case_id, version=version, by=by, **body)


@documented
class LinkView(StepView):
    """Put another case beside this one."""

    body = intake_inputs.LinkIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        kind = LinkKind(body.pop("kind"))
        return linking.link(case_id=case_id, version=version, kind=kind, by=by, **body)


@documented
class UnlinkView(StepView):
    """End a link."""

    body = intake_inputs.UnlinkIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return linking.unlink(
            case_id=case_id, version=version, link_id=body["link"], note=body["note"], by=by
        )


@documented
class MaterialNoticeView(StepView):
    """Tell once and completely what is missing; a later demand is marked."""

    body = intake_inputs.MaterialNoticeIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return noticing.tell_missing(
            case_id=case_id,
            version=version,
            materials=intake_given.materials(body),
            told=body["told"],
            reason=body["reason"],
            by=by,
        )


@documented
class ContactDataView(StepView):
    """Change the applicant's phone; a representative does not do it alone."""

    body = intake_inputs.ContactDataIn

    def take(self, case_id: UUID, version: int, body: Body, by: Actor) -> Case:
        return contact_data.change_phone(case_id=case_id, version=version, by=by, **body)


INTAKE_STEPS: dict[str, type[CommandView]] = {
    "triage": TriageView,
    "cause-change": CauseChangeView,
    "merge": MergeView,
    "unmerge": UnmergeView,
    "link": LinkView,
    "unlink": UnlinkView,
    "one-time-notice": MaterialNoticeView,
    "contact-data": ContactDataView,
}
