"""Files under a case: who sees the case sees them, who works on it adds to them.

A confidential applicant stays unknown to departments: what shows who they are is not on their
shelf (domain.md §4.1). A sealed case has no files here; they went with it (`apps/conduct`).
"""

from dataclasses import dataclass
from uuid import UUID

from apps.attachments import limits
from apps.attachments.subjects import Keeper, Said, Settled, Sight, register
from apps.cases import permissions, tracking
from apps.cases.details import Detail
from apps.cases.models import Case
from apps.cases.services import enclosing, recording
from apps.notices import services as notices
from apps.staff import permissions as staff
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.database import records
from bancheng.services.live import log as live

ADDERS = permissions.AT_THE_DESK | permissions.UNIT | staff.MANAGERS | {Role.ASSISTANT}


@dataclass(frozen=True, slots=True)
class Filed(Detail):
    """A file in the history: what it is, never what it is called. `under` is where it lies."""

    attachment: UUID
    kind: str
    size: int
    under: str


def line(said: Said, under: str, *, unit: str = "") -> recording.Written:
    """The line that a file leaves in the history of a case."""
    detail = Filed(said.attachment, said.kind, said.size, under)
    return recording.Written(f"attachment.{said.verb}", said.reason, detail, unit)


@register
class CaseFiles(Keeper):
    """Files of the hall's open cases."""

    kind = "case"

    def sight(self, subject_id: UUID, by: Actor) -> Sight | None:
        citizen = by.kind == "citizen"
        seen = permissions.entrusted() if citizen else permissions.visible_to(by)
        case = next(iter(records.found(seen.filter(id=subject_id))), None)
        if case is None:
            return None
        if citizen:
            return Sight(add=limits.from_citizens() and tracking.hears(case))
        add = by is SYSTEM or by.has_role(*ADDERS)
        return Sight(add=add, personal=permissions.sees_identity(by, case))

    def take(self, subject_id: UUID, by: Actor) -> Case:
        return recording.take(subject_id, by, entrusted=by.kind == "citizen")

    def write(self, taken: Case, said: Said, by: Actor) -> None:
        if by.kind == "citizen":
            note = notices.Note("cases.citizen_filed", "case", taken.id, taken.number)
            whom = notices.To(unit=taken.lead_unit, posts=[taken.first_responder_post])
            notices.tell(note, to=whom, by=by)
        recording.write(taken, line(said, self.kind), by)

    def hint(self, subject_id: UUID) -> None:
        live.publish([f"case:{subject_id}"], live.Change("case.attachment", subject_id))

    def settled(self, subject_id: UUID, told: Settled) -> None:
        enclosing.publish(told.letter, told.hall, told.files)
        self.hint(subject_id)
