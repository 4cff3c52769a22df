"""The business goes on as an ordinary case while what was said about people stays sealed."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.models import Case
from apps.cases.rules import State, Urgency
from apps.cases.services.applicants import Person
from apps.cases.services.moving import Line, tell
from apps.cases.services.persons import NewApplicant, sealed
from apps.cases.services.registration import begun, free_number, store
from apps.cases.tracking import code_index, first_code
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be done, in words that accuse nobody."""

    title: str
    detail: str
    want: str


@dataclass(frozen=True, slots=True)
class CarriedOn:
    """The ordinary case and what its citizen follows it with."""

    case_id: UUID
    number: str
    code: str


@transaction.atomic
def carry_on(matter: Matter, person: Person, *, by: Actor) -> CarriedOn:
    """A new open case of the same person, confidential: departments do not learn who it is.

    Nothing in it leads back. The acting person is accountable for it.
    """
    case = Case(
        id=ids.new_id(),
        number=free_number(),
        state=State.REGISTERED,
        title=matter.title,
        detail=matter.detail,
        want=matter.want,
        urgency=Urgency.NORMAL,
        confidential=True,
        first_responder_post=by.post_id,
        first_responder_name=by.name,
        registered_at=clock.now(),
    )
    code = first_code(case.id)
    case.code_index = code_index(case.number, code)
    applicant = NewApplicant(
        kind=person.kind,
        relation="self",
        name=person.name,
        phone=person.phone,
        id_number=person.id_number,
        enterprise_name=person.enterprise_name,
    )
    first = Line("registered", None)
    store(case, sealed(case, applicant), first, begun(case), by)
    tell(case, [first], by)
    return CarriedOn(case.id, case.number, code)
