"""Who sees which piece of work and which meeting, and who may do what with it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.cases import permissions as cases
from apps.drafts import permissions as drafts
from apps.notices import permissions as notices
from apps.staff import permissions as staff
from apps.work.kinds import Kind, Party, Step
from apps.work.kinds.kind import COUNTER, DESK, HELPERS, MANAGEMENT, UNIT
from apps.work.models import Meeting, WorkItem
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import Forbidden

SEE_THE_HALL = cases.SEE_THE_HALL
CONVENERS = DESK | MANAGEMENT
staff.grant(
    {
        "work.read": SEE_THE_HALL | UNIT | HELPERS,
        "work.open": COUNTER | UNIT | HELPERS | MANAGEMENT,
        "work.step": COUNTER | UNIT | HELPERS | MANAGEMENT,
        "work.reveal": COUNTER | UNIT | HELPERS,
        "filings.read": DESK | MANAGEMENT,
        "meetings.read": SEE_THE_HALL | UNIT,
        "meetings.propose": COUNTER | UNIT | MANAGEMENT,
        "meetings.convene": CONVENERS,
        "meetings.take_part": UNIT | CONVENERS,
    }
)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def may(by: Actor, permission: str) -> bool:
    return staff.may(by, permission)


def visible_to(by: Actor) -> QuerySet[WorkItem, WorkItem]:
    """Those under a case the actor sees, and those that were given to them or to their unit: of
    such a case they see this request and no more. Nothing under a sealed file."""
    rows = WorkItem.objects.filter(case_id__in=cases.entrusted().values("id"))
    if by is SYSTEM or by.has_role(*SEE_THE_HALL):
        return rows
    mine = Q(case_id__in=cases.visible_to(by).values("id"))
    return rows.filter(mine | given_to(by))


def given_to(by: Actor) -> Q:
    """What was given to the actor or to the actor's unit."""
    found = Q(post=by.post_id) if by.post_id else Q(pk__in=[])
    if by.department_id is not None and by.has_role(*UNIT):
        found |= Q(unit=by.department_id) | Q(members__contains=[by.department_id])
    return found


@drafts.visible("work")
@notices.visible("work")
def ids_seen(by: Actor) -> QuerySet[WorkItem, object]:
    """For the lists of notices and drafts."""
    return visible_to(by).values("id")


def parties(by: Actor, item: WorkItem, lead: UUID | None) -> frozenset[Party]:
    """Who the actor is to a piece of work under a case that the unit `lead` leads."""
    in_unit = by.department_id is not None and by.has_role(*UNIT)
    asked = by.post_id is not None and by.post_id == item.post
    asked |= in_unit and by.department_id in (item.unit, *item.members)
    opened = by.post_id is not None and by.post_id == item.opener_post
    opened |= in_unit and by.department_id == item.opener_unit
    found = {
        Party.DESK: by.has_role(*DESK),
        Party.MANAGEMENT: by.has_role(*MANAGEMENT),
        Party.ASKED: asked,
        Party.OPENER: opened,
        Party.LEAD: in_unit and by.department_id == lead,
    }
    return frozenset(party for party, is_so in found.items() if is_so)


def may_begin(by: Actor, kind: Kind) -> bool:
    return staff.may(by, "work.open") and (by is SYSTEM or by.has_role(*kind.opens))


def require_begin(by: Actor, kind: Kind) -> None:
    """Raise Forbidden for a role that does not begin this kind."""
    if not may_begin(by, kind):
        raise Forbidden(permission=f"work.{kind.code}")


def may_step(by: Actor, item: WorkItem, step: Step, lead: UUID | None) -> bool:
    if by is SYSTEM:
        return True
    return staff.may(by, "work.step") and not parties(by, item, lead).isdisjoint(step.who)


def require_step(by: Actor, item: WorkItem, step: Step, lead: UUID | None) -> None:
    """Raise Forbidden for somebody who is no party of the step."""
    if not may_step(by, item, step, lead):
        raise Forbidden(permission=f"work.{item.kind}.{step.code}")


def meetings_seen(by: Actor) -> QuerySet[Meeting, Meeting]:
    """The hall's meetings for those who see the hall, else those the actor's unit sits in. A
    meeting about nothing but sealed files does not exist for anybody here."""
    rows = Meeting.objects.filter(case_ids__overlap=cases.entrusted().values_list("id"))
    if by is SYSTEM or by.has_role(*SEE_THE_HALL):
        return rows
    if by.department_id is not None and by.has_role(*UNIT):
        return rows.filter(seats__contains=[{"unit": str(by.department_id)}])
    return rows.none()


@drafts.visible("meeting")
@notices.visible("meeting")
def meeting_ids_seen(by: Actor) -> QuerySet[Meeting, object]:
    """For the lists of notices and drafts."""
    return meetings_seen(by).values("id")


def meeting_parts(by: Actor, meeting: Meeting) -> frozenset[str]:
    """What the actor is to a meeting: convener, lead, seat."""
    in_unit = by.department_id is not None and by.has_role(*UNIT)
    seats = {seat["unit"] for seat in meeting.seats}
    found = {
        "convener": by is SYSTEM or staff.may(by, "meetings.convene"),
        "lead": in_unit and by.department_id == meeting.lead_unit,
        "seat": in_unit and str(by.department_id) in seats,
    }
    return frozenset(part for part, is_so in found.items() if is_so)


def may_step_meeting(by: Actor, meeting: Meeting, whose: frozenset[str]) -> bool:
    if not staff.may(by, "meetings.take_part"):
        return False
    return not meeting_parts(by, meeting).isdisjoint(whose)


def require_meeting_step(by: Actor, meeting: Meeting, code: str, whose: frozenset[str]) -> None:
    """Raise Forbidden for somebody whose step it is not."""
    if not may_step_meeting(by, meeting, whose):
        raise Forbidden(permission=f"meetings.{code}")
