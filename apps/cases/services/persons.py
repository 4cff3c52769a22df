"""Who asks and who speaks for them: sealed, masked, findable by keyed hashes (security.md §4.2)."""

from dataclasses import dataclass
from uuid import UUID

from apps.cases import masks
from apps.cases.intake.details import Authority
from apps.cases.models import Applicant, Case
from bancheng.city.visits.counting import Person
from bancheng.kernel import keyring
from bancheng.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who speaks for the applicant (C-02), in plain."""

    name: str
    phone: str
    authority: Authority
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class NewApplicant:
    """Who asks, in plain; only sealed values and masks are kept."""

    kind: str
    relation: str
    name: str
    phone: str
    id_number: str = ""
    enterprise_name: str = ""
    agent: Agent | None = None


def require_agent(given: NewApplicant) -> None:
    """Whoever does not speak for themselves says who they are and on what authority (C-02)."""
    if given.relation != "self" and given.agent is None:
        raise Invalid(errors={"agent": ["required"]})


def counted(given: NewApplicant) -> Person:
    """The applicant as visits are counted (C-34)."""
    return Person(masks.digits_of(given.phone), masks.normal_id(given.id_number))


def sealed(case: Case, given: NewApplicant) -> Applicant:
    """The unsaved applicant of a case: sealed, masked, findable."""
    keys = keyring.keys()
    phone, id_number = masks.digits_of(given.phone), masks.normal_id(given.id_number)
    made = Applicant(
        case=case,
        kind=given.kind,
        relation=given.relation,
        enterprise_name=given.enterprise_name,
        name_mask=masks.name(given.name),
        phone_mask=masks.phone(given.phone),
        id_mask=masks.id_number(given.id_number),
        phone_index=keys.blind_index(f"phone|{phone}") if phone else None,
        id_index=keys.blind_index(f"id|{id_number}") if id_number else None,
    )
    values = {"name": given.name, "phone": given.phone, "id": id_number}
    if given.agent is not None:
        values |= _represented(made, given.agent)
    for column, value in values.items():
        setattr(made, f"{column}_sealed", seal(case.id, column, value) if value else None)
    return made


def _represented(made: Applicant, agent: Agent) -> dict[str, str]:
    """Put the representative's masks and authority down; the values still to be sealed."""
    id_number = masks.normal_id(agent.id_number)
    made.agent_name_mask, made.agent_phone_mask = masks.name(agent.name), masks.phone(agent.phone)
    made.agent_id_mask = masks.id_number(id_number)
    made.authority = agent.authority.as_json()
    digits = masks.digits_of(agent.phone)
    made.agent_phone_index = keyring.keys().blind_index(f"phone|{digits}") if digits else None
    return {"agent_name": agent.name, "agent_phone": agent.phone, "agent_id": id_number}


def seal(case_id: UUID, column: str, value: str) -> bytes:
    """One field of one applicant, sealed for that row alone."""
    return keyring.keys().seal(value, table="cases_applicant", column=column, row=case_id)
