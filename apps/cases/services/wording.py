"""What a case is found by, kept beside it (`models.CaseText`)."""

from uuid import UUID

from django.db import transaction

from apps.cases.listing import people, words
from apps.cases.models import Applicant, Case, CaseText
from apps.cases.services.applicants import opened
from bancheng.kernel.crypto import CannotOpen

_BATCH = 500
_PEOPLE = ("name", "phone", "id", "agent_name", "agent_phone", "agent_id")


def keep(case: Case, applicant: Applicant) -> None:
    """Write it down for an open case, anew where it was; in the caller's transaction."""
    made = of(case, applicant)
    CaseText.every.bulk_create(
        [made],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["plain", "holder", "people", "pieces"],
    )


def forget(case_id: UUID) -> None:
    """A sealed case is found by nothing."""
    CaseText.every.filter(case_id=case_id).delete()


def of(case: Case, applicant: Applicant) -> CaseText:
    """What an open case is found by; not stored yet."""
    said = (case.title, case.detail, case.want, case.number, case.service_item_name)
    plain = words.folded("\n".join(said))
    holder = words.folded(applicant.enterprise_name)
    keys = _keys(applicant)
    pieces = words.pieces([plain, holder]) + [words.number_of_key(key) for key in keys]
    return CaseText(
        case=case,
        plain=plain,
        holder=holder,
        people=[key.hex() for key in keys],
        pieces=sorted(set(pieces)),
    )


def _keys(applicant: Applicant) -> list[bytes]:
    """Of who asks and of who speaks for them, as far as they are known here."""
    kept = {name: _plain(applicant, name) for name in _PEOPLE}
    asks = people.keys_of(name=kept["name"], phone=kept["phone"], id_number=kept["id"])
    speaks = people.keys_of(
        name=kept["agent_name"], phone=kept["agent_phone"], id_number=kept["agent_id"]
    )
    return list(dict.fromkeys([*asks, *speaks]))


def _plain(applicant: Applicant, name: str) -> str:
    """Empty where nothing was given, or where the value can be opened no more: one damaged field
    must not keep the hall's other cases from being found."""
    if getattr(applicant, f"{name}_sealed") is None:
        return ""
    try:
        return opened(applicant, name)
    except CannotOpen:
        return ""


def catch_up(most: int) -> int:
    """Write it down for cases that have none yet, from before this table; how many were written."""
    done = 0
    while done < most and (written := _some(min(_BATCH, most - done))):
        done += written
    return done


@transaction.atomic
def _some(most: int) -> int:
    """The case is locked meanwhile, so that none is sealed in between."""
    rows = Applicant.objects.select_related("case").select_for_update(of=["case"], skip_locked=True)
    open_ = rows.filter(case__text__isnull=True, case__sealed=False)
    found = list(open_.order_by("-case_id")[:most])
    CaseText.every.bulk_create([of(row.case, row) for row in found], ignore_conflicts=True)
    return len(found)
