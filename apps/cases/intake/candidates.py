"""Which cases of this hall may be the same matter: the same person by keyed hashes (§4.3), the same
item or similar words, open now or closed within the days that make a repeat (M-21)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from apps.cases import masks, permissions
from apps.cases.intake import limits as intake_limits
from apps.cases.models import Applicant, Case
from bancheng.city.visits.counting import Person
from bancheng.kernel import clock, keyring
from bancheng.kernel.actor import Actor

_MOST, _SIMILAR = 10, 0.35


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be the same. `why` is same_item or similar_text; open or closed lately."""

    case: Case
    why: str
    open: bool


def found(
    person: Person, *, item: str, text: str, by: Actor, but: Case | None = None
) -> list[Candidate]:
    """Visible cases of the same person that look like this matter, the newest first."""
    rows = _of_person(_keys(person), by)
    if but is not None:
        rows = rows.exclude(id=but.id)
    return [one for case in rows[: _MOST * 3] if (one := _fits(case, item, text))][:_MOST]


def of_case(case: Case, by: Actor) -> list[Candidate]:
    """The same for a case that stands already."""
    applicant = Applicant.objects.filter(case_id=case.id).first()
    rows = _of_person(_indexes(applicant), by).exclude(id=case.id)
    shown = [one for row in rows[: _MOST * 3] if (one := _fits(row, case.service_item, case.title))]
    return shown[:_MOST]


def repeated(case: Case, applicant: Applicant, by: Actor) -> Case | None:
    """The newest visible case of the same person and item that closed within the days (M-21)."""
    if not case.service_item:
        return None
    rows = _of_person(_indexes(applicant), by).exclude(id=case.id)
    return rows.filter(service_item=case.service_item, closed_at__isnull=False).first()


def repeats_of(case: Case, by: Actor) -> int:
    """How many visible cases of the same person and item there are beside this one."""
    applicant = Applicant.objects.filter(case_id=case.id).first()
    rows = _of_person(_indexes(applicant), by).exclude(id=case.id)
    return rows.filter(service_item=case.service_item).count() if case.service_item else 0


def _keys(person: Person) -> Q:
    keys = keyring.keys()
    fits = Q(pk__in=())
    if person.phone:
        fits |= Q(applicant__phone_index=keys.blind_index(f"phone|{person.phone}"))
    if person.id_number:
        fits |= Q(applicant__id_index=keys.blind_index(f"id|{person.id_number}"))
    return fits


def _indexes(applicant: Applicant | None) -> Q:
    fits = Q(pk__in=())
    if applicant and applicant.phone_index:
        fits |= Q(applicant__phone_index=applicant.phone_index)
    if applicant and applicant.id_index:
        fits |= Q(applicant__id_index=applicant.id_index)
    return fits


def _of_person(fits: Q, by: Actor) -> QuerySet[Any, Any]:
    """Open cases, and those that closed within the days that make a repeat."""
    since = clock.now() - timedelta(days=intake_limits.repeat_days())
    recent = Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    # A name hidden from a department is not found by its phone either.
    seen = Q() if by.has_role(*permissions.SEE_THE_HALL) else Q(confidential=False)
    return permissions.visible_to(by).filter(fits & recent & seen).order_by("-registered_at", "-id")


def _fits(case: Case, item: str, text: str) -> Candidate | None:
    is_open = case.closed_at is None
    if item and case.service_item == item:
        return Candidate(case, "same_item", is_open)
    if likeness(case.title, text) >= _SIMILAR:
        return Candidate(case, "similar_text", is_open)
    return None


def likeness(one: str, other: str) -> float:
    """Shared pairs of neighbouring characters ÷ all of them (Jaccard)."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _pairs(text: str) -> set[str]:
    plain = "".join(filter(str.isalnum, text))
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def person_of(phone: str, id_number: str) -> Person:
    """Whom a form asks about, normalised."""
    return Person(masks.digits_of(phone), masks.normal_id(id_number))
