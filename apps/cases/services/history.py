"""Taking over visits of earlier days: from another system, or invented for a demonstration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.models import Reception
from apps.cases.rules import ReceptionOutcome
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit


@dataclass(frozen=True, slots=True)
class PastReception:
    """A visit that ended without a case."""

    at: datetime
    matter: str
    outcome: ReceptionOutcome
    applicant_kind: str
    first_responder: Actor
    service_item: str = ""
    ordinary_window_tried: bool | None = None
    reason_code: str = ""
    right_channel: str = ""
    window_id: UUID | None = None
    window_name: str = ""


@transaction.atomic
def record_past(*, receptions: Iterable[PastReception], by: Actor) -> int:
    """Store visits of earlier days in bulk; their number. One audit entry, no live events.

    Raises Invalid for a visit of today or later, or for one that became a case.
    """
    permissions.require(by, "receptions.register")
    given = list(receptions)
    if any(clock.day_of(one.at) >= clock.today() for one in given):
        raise Invalid(errors={"at": ["not_past"]})
    if any(one.outcome is ReceptionOutcome.REGISTERED for one in given):
        raise Invalid(errors={"outcome": ["not_allowed"]})
    made = Reception.objects.bulk_create((_reception(one) for one in given), batch_size=1000)
    detail = {"receptions": len(made)}
    audit.record("cases.past_recorded", subject="hall", subject_id=None, by=by, detail=detail)
    return len(made)


def _reception(one: PastReception) -> Reception:
    return Reception(
        id=ids.new_id(),
        at=one.at,
        matter=one.matter,
        outcome=one.outcome,
        applicant_kind=one.applicant_kind,
        first_responder_post=one.first_responder.post_id,
        first_responder_name=one.first_responder.name,
        service_item=one.service_item,
        tried_windows=[],
        visit_count=1,
        ordinary_window_tried=one.ordinary_window_tried,
        reason_code=one.reason_code,
        right_channel=one.right_channel,
        window_id=one.window_id,
        window_name=one.window_name,
    )
