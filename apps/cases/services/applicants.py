"""Who asked: opened one field at a time, for a reason, and on the record (security.md §4.2)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.details import Revealed
from apps.cases.errors import NothingToReveal, RevealLimit
from apps.cases.models import Applicant, Case, CaseEvent
from apps.cases.rules import REVEALS_PER_HOUR
from apps.cases.services.moving import locked, unit_of
from bancheng.city.exchange.contents import Contact
from bancheng.kernel import clock, keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden
from bancheng.services.audit import chain as audit

COLUMNS = {
    "name": "name",
    "phone": "phone",
    "id_number": "id",
    "agent_name": "agent_name",
    "agent_phone": "agent_phone",
    "agent_id_number": "agent_id",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asked, in plain: only on its way from one sealed place to another."""

    kind: str
    relation: str
    name: str
    phone: str
    id_number: str = ""
    enterprise_name: str = ""
    agent_name: str = ""
    agent_phone: str = ""
    agent_id_number: str = ""


@transaction.atomic
def reveal(*, case_id: UUID, field: str, reason: str, note: str, by: Actor) -> str:
    """One field in plain. The audit entry and the line in the history come first.

    Raises RevealLimit after 30 in an hour, NothingToReveal. The case's version stays.
    """
    case = locked(case_id, by)
    permissions.require(by, "cases.reveal")
    if not permissions.sees_identity(by, case):
        raise Forbidden(permission="cases.reveal")
    detail = {"field": field, "reason": reason}
    audit.record("cases.reveal", subject="case", subject_id=case.id, by=by, detail=detail)
    require_within_limit(by)
    _put_down(case, Revealed(field, reason), note, by)
    return opened(Applicant.objects.get(case_id=case.id), COLUMNS[field])


def require_within_limit(by: Actor) -> None:
    """Counted under the audit chain's lock, so that two at once cannot both be the thirtieth."""
    since = clock.now() - timedelta(hours=1)
    mine = CaseEvent.objects.filter(kind="reveal", actor_post=by.post_id, at__gt=since)
    if mine.count() >= REVEALS_PER_HOUR:
        raise RevealLimit(limit=REVEALS_PER_HOUR)


def _put_down(case: Case, detail: Revealed, note: str, by: Actor) -> None:
    case.last_seq += 1
    case.save(update_fields=["last_seq"])
    CaseEvent.objects.create(
        case=case,
        seq=case.last_seq,
        kind="reveal",
        actor_post=by.post_id,
        actor_name=by.name,
        actor_unit=unit_of(case, by),
        before=case.state,
        after=case.state,
        note=note,
        data=detail.as_json(),
    )


def opened(applicant: Applicant, column: str) -> str:
    """A sealed field in plain; raises NothingToReveal."""
    kept: bytes | None = getattr(applicant, f"{column}_sealed")
    if kept is None:
        raise NothingToReveal(field=column)
    row = applicant.case_id
    return keyring.keys().open(kept, table="cases_applicant", column=column, row=row)


def take_away(applicant: Applicant, hidden: str) -> Person:
    """The person in plain, who is no longer in this table: values, hashes and masks are gone."""
    values = {
        name: opened(applicant, column) if getattr(applicant, f"{column}_sealed") else ""
        for name, column in COLUMNS.items()
    }
    person = Person(
        kind=applicant.kind,
        relation=applicant.relation,
        enterprise_name=applicant.enterprise_name,
        **values,
    )
    _empty(applicant)
    applicant.name_mask = hidden
    applicant.save(force_update=True)
    return person


def _empty(applicant: Applicant) -> None:
    """Every column but the case's own, whatever it holds."""
    for field in Applicant._meta.concrete_fields:
        if not field.primary_key:
            setattr(applicant, field.attname, None if field.null else "")


def plain_contact(applicant: Applicant) -> Contact | None:
    """Name and phone for a hall that must contact the person; None when this one has none."""
    if applicant.name_sealed is None or applicant.phone_sealed is None:
        return None
    return Contact(opened(applicant, "name"), opened(applicant, "phone"))
