"""Files under a piece of work (what was provided, a proof, a picture from a visit) and under a
meeting (signed minutes). They are shown with those of their case to whoever sees it."""

from collections.abc import Iterable
from uuid import UUID

from apps.attachments.subjects import Keeper, Said, Sight, register, shows_beneath
from apps.cases import permissions as cases
from apps.cases.reading.attached import line
from apps.cases.services import recording
from apps.staff import permissions as staff
from apps.work import permissions
from apps.work.models import Meeting, WorkItem
from apps.work.services import people, stepping
from apps.work.services.meetings import taken as meeting_taken
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.services.live import log as live

TakenItem = tuple[WorkItem, recording.Locked]
TakenMeeting = tuple[Meeting, list[recording.Locked]]


@register
class WorkFiles(Keeper):
    """Whoever is a party of a piece of work, or sees its case, adds to it."""

    kind = "work"

    def sight(self, subject_id: UUID, by: Actor) -> Sight | None:
        item = permissions.visible_to(by).filter(id=subject_id).first()
        if item is None:
            return None
        add = by is SYSTEM or staff.may(by, "work.step")
        return Sight(add=add, personal=_all_known([item.case_id], by))

    def take(self, subject_id: UUID, by: Actor) -> TakenItem:
        return stepping.taken(subject_id, by)

    def write(self, taken: TakenItem, said: Said, by: Actor) -> None:
        item, case = taken
        written = line(said, self.kind, unit=people.unit_name(by))
        units = tuple(unit for unit in (item.unit, *item.members) if unit)
        recording.write(case, recording.also_to(written, units), by)

    def hint(self, subject_id: UUID) -> None:
        item = WorkItem.objects.get(id=subject_id)
        units = {f"dept:{unit}" for unit in (item.unit, *item.members) if unit}
        live.publish({f"case:{item.case_id}", *units}, live.Change("case.attachment", item.case_id))


@register
class MeetingFiles(Keeper):
    """Who convenes a meeting or sits in it adds to it."""

    kind = "meeting"

    def sight(self, subject_id: UUID, by: Actor) -> Sight | None:
        meeting = permissions.meetings_seen(by).filter(id=subject_id).first()
        if meeting is None:
            return None
        parts = permissions.meeting_parts(by, meeting)
        add = bool(parts) and staff.may(by, "meetings.take_part")
        return Sight(add=add, personal=_all_known(meeting.case_ids, by))

    def take(self, subject_id: UUID, by: Actor) -> TakenMeeting:
        return meeting_taken(subject_id, by)

    def write(self, taken: TakenMeeting, said: Said, by: Actor) -> None:
        meeting, agenda = taken
        units = tuple(UUID(seat["unit"]) for seat in meeting.seats)
        written = recording.also_to(line(said, self.kind, unit=people.unit_name(by)), units)
        for case in agenda:
            recording.write(case, written, by)

    def hint(self, subject_id: UUID) -> None:
        live.publish(["desk"], live.Change("meeting.attachment", subject_id))


def _all_known(case_ids: Iterable[UUID], by: Actor) -> bool:
    """Whether the actor may know who applied in each of these cases."""
    known = cases.entrusted().filter(id__in=case_ids)
    return all(cases.sees_identity(by, case) for case in known)


def _of_the_case(case_id: UUID, by: Actor) -> Iterable[tuple[str, UUID]]:
    """The pieces of work of a case that the actor sees."""
    rows = permissions.visible_to(by).filter(case_id=case_id).order_by("seq")
    return [("work", ident) for ident in rows.values_list("id", flat=True)]


shows_beneath("case", _of_the_case)
