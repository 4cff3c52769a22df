"""Changing how a person is reached: never at a representative's word alone (domain.md §4.1)."""

from uuid import UUID

from django.db import transaction

from apps.cases import masks, permissions
from apps.cases.intake.details import ContactChanged
from apps.cases.intake.errors import AgentAlone
from apps.cases.models import Applicant, Case
from apps.cases.rules import State
from apps.cases.services import wording
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, locked, move
from apps.cases.services.persons import seal
from bancheng.kernel import keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, Stale


@transaction.atomic
def change_phone(
    *, case_id: UUID, version: int, phone: str, asked_by: str, confirmed: str, by: Actor
) -> Case:
    """A new phone number of the applicant, asked for by the applicant or the agent.

    What the agent asks for the applicant confirms: present, or reached at the number known so far.
    Raises AgentAlone, Invalid. The history says that it changed, never the number.
    """
    case = locked(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require(by, "cases.contact-data")
    if case.state == State.CLOSED:
        raise Invalid(errors={"case": ["closed"]})
    if asked_by == "agent" and confirmed not in ("present", "called_back"):
        raise AgentAlone
    person = Applicant.objects.get(case_id=case.id)
    digits = masks.digits_of(phone)
    person.phone_mask = masks.phone(phone)
    person.phone_sealed = seal(case.id, "phone", phone)
    person.phone_index = keyring.keys().blind_index(f"phone|{digits}")
    person.save(update_fields=["phone_mask", "phone_sealed", "phone_index"])
    wording.keep(case, person)
    changed = ContactChanged("phone", asked_by, confirmed)
    return move(case, Line("contact-data", None, "", changed), by, clocks=Clocks.of(case))
