"""Pieces of work and meetings of a post or a department that ends pass to another (C-61)."""

from uuid import UUID

from django.db.models import QuerySet

from apps.cases.services import recording
from apps.staff import holdings
from apps.staff.holdings import Heir, Kind
from apps.work.models import Meeting, WorkItem
from apps.work.services.people import with_helpers, without_helper
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit

_OVER = ("issued", "cancelled")


def _of_post(post: UUID) -> QuerySet[WorkItem, WorkItem]:
    return WorkItem.objects.filter(post=post, open=True)


def _of_unit(unit: UUID) -> QuerySet[WorkItem, WorkItem]:
    return WorkItem.objects.filter(unit=unit, open=True)


def _pass_on_post(leaving: UUID, heir: Heir, by: Actor) -> None:
    """The heir sees the cases for the sake of the work, and who left sees them no more."""
    ids = list(_of_post(leaving).values_list("case_id", flat=True))
    cases = {case.id: case for case in recording.take_all(ids)}
    for item in _of_post(leaving).select_for_update().order_by("id"):
        case = cases.get(item.case_id)
        if case is not None:
            case.helpers = without_helper(case.helpers, item)
        item.post, item.post_name = heir.id, heir.name
        _saved(item, by)
        if case is not None:
            case.helpers = with_helpers(case.helpers, [item])
    for case in cases.values():
        recording.write(case, recording.Written("succession"), by)


def _pass_on_unit(leaving: UUID, heir: Heir, by: Actor) -> None:
    for item in _of_unit(leaving).select_for_update().order_by("id"):
        item.unit, item.unit_name = heir.id, heir.name
        _saved(item, by)


def _saved(item: WorkItem, by: Actor) -> None:
    item.version += 1
    item.save(force_update=True)
    audit.record("work.passed_on", subject="work", subject_id=item.id, by=by)


def _meetings(unit: UUID) -> int:
    """Joint meetings that the unit leads and that are not over; they are held or called off."""
    return Meeting.objects.filter(lead_unit=unit).exclude(state__in=_OVER).count()


holdings.on_posts([Kind("work.items", lambda post: _of_post(post).count(), _pass_on_post)])
holdings.on_departments(
    [
        Kind("work.items", lambda unit: _of_unit(unit).count(), _pass_on_unit),
        Kind("work.meetings", _meetings),
    ]
)
