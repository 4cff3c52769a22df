"""What a paper is about: seen, locked, and with it whatever the paper has to name."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apps.cases import permissions as cases
from apps.cases import queries as case_queries
from apps.cases.reading import records
from apps.cases.services import recording
from apps.documents.rules import KINDS, Kind, Paper, Subject
from apps.oversight import queries as oversight
from apps.work import meeting_queries
from apps.work import queries as work
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound

LINES = ("dispatch", "designate", "oversight.urge", "refusal", "refusal_approve", "deliver")


@dataclass(slots=True)
class Taken:
    """`case` is locked where there is one; `record` holds its people and history, `about` what the
    paper is about when that is no case. `named`: the person stands on it."""

    kind: Kind
    by: Actor
    case: recording.Locked | None = None
    record: records.Record | None = None
    about: Any = None
    unit: UUID | None = None
    named: bool = False
    case_ids: list[UUID] = field(default_factory=list)


def take(paper: Paper, subject: UUID, by: Actor) -> Taken:
    """What the actor can see of the subject, its case locked. Raises NotFound for what does not
    exist for them."""
    taken = Taken(KINDS[paper], by)
    _TAKERS[taken.kind.subject](taken, subject)
    return taken


def _case(taken: Taken, case_id: UUID) -> None:
    taken.case = recording.take(case_id, taken.by)
    taken.case_ids = [case_id]
    identity = taken.kind.identity
    open_matter = identity == "unless_confidential" and not taken.case.confidential
    taken.named = identity == "always" or open_matter


def _work(taken: Taken, item_id: UUID) -> None:
    case_id = work.one(item_id, taken.by)["case"]["id"]
    if case_id is None:
        raise NotFound
    _case(taken, case_id)
    taken.about = work.one(item_id, taken.by)


def _order(taken: Taken, order_id: UUID) -> None:
    taken.about = oversight.order(order_id, taken.by)
    taken.unit = taken.about["unit"]["id"]
    if taken.about["case"] is not None:
        _case(taken, taken.about["case"]["id"])


def _meeting(taken: Taken, meeting_id: UUID) -> None:
    taken.about = meeting_queries.one(meeting_id, taken.by)
    taken.case_ids = [UUID(str(one["id"])) for one in taken.about["agenda"]]


def _reception(taken: Taken, reception_id: UUID) -> None:
    rows = case_queries.receptions(taken.by)
    taken.about = rows.filter(id=reception_id).first()
    if taken.about is None:
        raise NotFound


_TAKERS = {
    Subject.CASE: _case,
    Subject.WORK: _work,
    Subject.ORDER: _order,
    Subject.MEETING: _meeting,
    Subject.RECEPTION: _reception,
}


def read_case(taken: Taken) -> records.Record:
    """The case with its people, in plain where the paper names them, and its history."""
    if taken.case is None:
        raise NotFound
    if taken.record is None:
        found = records.of_ids(
            [taken.case.id],
            taken.by,
            parts=(records.HISTORY, records.PROMISE),
            kinds=LINES,
            plain=taken.named,
        )
        taken.record = found[0]
    return taken.record


def sees_person(taken: Taken) -> bool:
    """Whether the actor may know whom the paper names."""
    return taken.case is None or cases.sees_identity(taken.by, taken.case)
