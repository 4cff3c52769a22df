"""Asking, while the form is filled in, whether this person came before (C-34, M-21)."""

from dataclasses import dataclass

from django.db import transaction

from apps.cases import permissions
from apps.cases.intake import candidates, check_rate
from apps.cases.intake import limits as intake_limits
from apps.cases.intake.candidates import Candidate
from apps.cases.intake.errors import CheckLimit
from bancheng.city.visits import counting
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit


@dataclass(frozen=True, slots=True)
class Checked:
    """Visits that the network knows of, with this one; cases of this hall that may be the same."""

    known: int
    alert: bool
    candidates: list[Candidate]


@transaction.atomic
def check(*, phone: str, id_number: str, item: str, matter: str, by: Actor) -> Checked:
    """Count and look, on the record and not too often: the answer says whether somebody came.

    Raises CheckLimit. The audit entry holds no number.
    """
    permissions.require(by, "intake.check")
    limit = intake_limits.checks_per_hour()
    if not check_rate.within(by.post_id, limit):
        raise CheckLimit(limit=limit)
    audit.record("intake.checked", subject="post", subject_id=by.post_id, by=by)
    person = candidates.person_of(phone, id_number)
    known = counting.known(person=person, item=item, days=intake_limits.visit_days()) + 1
    found = candidates.found(person, item=item, text=matter, by=by)
    return Checked(known, known >= intake_limits.third_visit(), found)
