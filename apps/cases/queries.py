"""Reading cases and receptions: lists, the board's figures, what the portal asks.

Every list starts from what the asker may see. Rows are plain dictionaries in the shape of the
API; nothing sealed is opened here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.cases import masks, permissions, time_body
from apps.cases.cards import Card, Clock, card_of, minutes_left, most_urgent
from apps.cases.models import Case, Deadline, Reception
from apps.cases.rules import Stage
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.queries import Timekeeping
from bancheng.kernel import clock, keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound

ORDER = ("-registered_at", "-id")
RECEPTION_ORDER = ("-at", "-id")
COLUMNS = (
    "id",
    "number",
    "title",
    "state",
    "cause",
    "blocking_reason",
    "urgency",
    "confidential",
    "registered_at",
    "due_at",
    "lead_unit",
    "lead_unit_name",
    "first_responder_post",
    "first_responder_name",
    "reopen_count",
    "referral",
    "version",
    "applicant__name_mask",
    "applicant__enterprise_name",
    *time_body.COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of cases is narrowed to; empty fields narrow nothing."""

    states: Sequence[str] = ()
    cause: str = ""
    mine: bool = False
    department: UUID | None = None
    due: str = ""
    text: str = ""


def listed(wanted: Wanted, by: Actor) -> QuerySet[Any, dict[str, Any]]:
    """The visible cases that fit, unordered, as rows for `summaries`."""
    permissions.require(by, "cases.read")
    rows = permissions.visible_to(by).filter(_fits(wanted, by))
    found: QuerySet[Any, dict[str, Any]] = rows.values(*COLUMNS)
    return found


def _fits(wanted: Wanted, by: Actor) -> Q:
    found = Q()
    if wanted.states:
        found &= Q(state__in=wanted.states)
    if wanted.cause:
        found &= Q(cause=wanted.cause)
    if wanted.department:
        found &= Q(lead_unit=wanted.department)
    if wanted.mine:
        found &= _mine(by)
    if wanted.due:
        found &= _due(wanted.due)
    return found & _text(wanted.text, by) if wanted.text else found


def _mine(by: Actor) -> Q:
    mine = Q(first_responder_post=by.post_id) | Q(handler_post=by.post_id)
    return mine | Q(lead_unit=by.department_id) if by.department_id else mine


def _due(when: str) -> Q:
    if when == "overdue":
        return Q(due_at__lt=clock.now())
    return Q(due_at__gte=clock.now(), due_at__lt=_end_of_today())


def _end_of_today() -> datetime:
    return datetime.combine(clock.today() + timedelta(days=1), time.min, clock.ZONE)


def _text(text: str, by: Actor) -> Q:
    """Words in title, detail or number; a whole phone number through its keyed hash.

    Where the person is hidden from the asker, the number does not find the case either.
    """
    found = Q(title__icontains=text) | Q(detail__icontains=text) | Q(number__icontains=text)
    digits = masks.digits_of(text)
    if len(digits) >= 7 and digits == text:
        index = keyring.keys().blind_index(f"phone|{digits}")
        theirs = Q(applicant__phone_index=index)
        if not by.has_role(*permissions.SEE_THE_HALL):
            theirs &= Q(confidential=False)
        found |= theirs
    return found


def summaries(rows: Sequence[Mapping[str, Any]], by: Actor) -> list[dict[str, Any]]:
    """Rows of `listed` in the shape of the API, with the clock to show; one query."""
    running = _running([row["id"] for row in rows if row["due_at"] is not None])
    now, timing = clock.now(), calendar.timekeeping()
    return [_summary(row, running.get(row["id"], []), now, timing, by) for row in rows]


def summary(case: Case, clocks: list[Clock], by: Actor) -> dict[str, Any]:
    """One case, with its running clocks, in the shape of a list's row."""
    row = {name: getattr(case, name) for name in COLUMNS if "__" not in name}
    row["applicant__name_mask"] = case.applicant.name_mask
    row["applicant__enterprise_name"] = case.applicant.enterprise_name
    return _summary(row, clocks, clock.now(), calendar.timekeeping(), by)


def _running(case_ids: list[UUID]) -> dict[UUID, list[Clock]]:
    found: dict[UUID, list[Clock]] = defaultdict(list)
    if case_ids:
        rows = Deadline.objects.filter(case__in=case_ids, ended="").order_by("due_at", "id")
        for row in rows.values_list(*Clock.__slots__):
            found[row[1]].append(Clock(*row))
    return found


def _summary(
    row: Mapping[str, Any], clocks: list[Clock], now: datetime, timing: Timekeeping, by: Actor
) -> dict[str, Any]:
    hidden = row["confidential"] and not by.has_role(*permissions.SEE_THE_HALL)
    reopened = row["reopen_count"]
    shown = most_urgent(clocks, now, timing, reopened) if clocks else None
    return {
        "id": row["id"],
        "number": row["number"],
        "title": row["title"],
        "state": row["state"],
        "cause": row["cause"] or None,
        "blocking_reason": row["blocking_reason"] or None,
        "urgency": row["urgency"],
        "confidential": row["confidential"],
        "registered_at": row["registered_at"],
        "deadline": shown and _clock(shown, now, timing, reopened),
        "lead_unit": named(row["lead_unit"], row["lead_unit_name"]),
        "first_responder": {
            "id": row["first_responder_post"],
            "name": row["first_responder_name"],
        },
        "applicant_masked": "" if hidden else masked(row),
        "version": row["version"],
        "referral": referral_of(row["referral"]),
        **time_body.of_row(row, timing),
    }


def _clock(shown: Clock, now: datetime, timing: Timekeeping, reopened: int) -> dict[str, Any]:
    return {
        "id": shown.id,
        "stage": shown.stage,
        "started_at": shown.started_at,
        "due_at": shown.due_at,
        "due_on": shown.due_on,
        "card": card_of(shown, now, timing, reopened=reopened).word,
        "provisional": shown.provisional,
        "remaining_minutes": minutes_left(shown, now, timing),
    }


def masked(row: Mapping[str, Any]) -> str:
    """An enterprise by its name, a person by the mask (domain.md §4.3)."""
    parts = (row["applicant__enterprise_name"], row["applicant__name_mask"])
    return " ".join(part for part in parts if part)


def named(ident: UUID | None, name: str) -> dict[str, Any] | None:
    """A reference, or nothing."""
    return {"id": ident, "name": name} if ident else None


def referral_of(kept: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where a case went, else where it came from."""
    for direction in ("out", "in"):
        if direction in kept:
            return {"direction": direction, **kept[direction]}
    return None


@dataclass(frozen=True, slots=True)
class Today:
    """The board's figures. Yellow counts yellow and orange cards, red counts red and black."""

    receptions: int
    cases: int
    due_today: int
    overdue: int
    yellow: int
    red: int


def today() -> Today:
    """Today's receptions and cases, and how the running clocks stand; four queries."""
    start = _end_of_today() - timedelta(days=1)
    worst = _worst_cards()
    return Today(
        receptions=Reception.objects.filter(at__gte=start).count(),
        cases=Case.objects.filter(registered_at__gte=start).count(),
        due_today=sum(1 for due_at, _ in worst if clock.now() <= due_at < _end_of_today()),
        overdue=sum(1 for due_at, _ in worst if due_at < clock.now()),
        yellow=sum(1 for _, card in worst if card in (Card.YELLOW, Card.ORANGE)),
        red=sum(1 for _, card in worst if card >= Card.RED),
    )


def _worst_cards() -> list[tuple[datetime, Card]]:
    """For each case with a running clock: its earliest due moment and its worst card."""
    now, timing = clock.now(), calendar.timekeeping()
    reopened = dict(Case.objects.filter(due_at__isnull=False).values_list("id", "reopen_count"))
    found: dict[UUID, list[Clock]] = defaultdict(list)
    rows = Deadline.objects.filter(ended="").order_by("due_at", "id")
    for row in rows.values_list(*Clock.__slots__):
        found[row[1]].append(Clock(*row))
    return [
        (
            clocks[0].due_at,
            max(card_of(one, now, timing, reopened=reopened.get(case, 0)) for one in clocks),
        )
        for case, clocks in found.items()
    ]


def most_pressing(by: Actor, most: int = 12) -> list[dict[str, Any]]:
    """Summaries of the cases due first, for the board."""
    rows = permissions.visible_to(by).filter(due_at__isnull=False).order_by("due_at", "id")
    return summaries(list(rows.values(*COLUMNS)[:most]), by)


def receptions(by: Actor) -> QuerySet[Reception, Reception]:
    """The receptions the actor may read, to be paged by RECEPTION_ORDER."""
    permissions.require(by, "receptions.read")
    return permissions.receptions_seen(by)


def case_ids_of_letters(letter_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The local case of each letter, whichever end this hall is."""
    wanted = list(letter_ids)
    rows = Case.objects.filter(Q(letter_in__in=wanted) | Q(letter_out__in=wanted))
    found: dict[UUID, UUID] = {}
    for case_id, came, went in rows.order_by("id").values_list("id", "letter_in", "letter_out"):
        found |= {letter: case_id for letter in (came, went) if letter in wanted}
    return found


def promises_of_letters(letter_ids: Iterable[UUID]) -> dict[UUID, Deadline]:
    """The receiver's own running promise for each letter that became a case here."""
    rows = Deadline.objects.select_related("case").filter(
        case__letter_in__in=list(letter_ids), stage=Stage.RESOLVE, ended=""
    )
    return {row.case.letter_in: row for row in rows.order_by("id") if row.case.letter_in}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case is: enough to take its next step from a script."""

    version: int
    state: str
    lead_unit: UUID | None


def standing(case_id: UUID) -> Standing:
    """The standing of a case of this hall; raises NotFound."""
    row = Case.objects.filter(id=case_id).values_list("version", "state", "lead_unit").first()
    if row is None:
        raise NotFound
    return Standing(*row)
