"""Reading cards, standstills, orders, duty and checks, in the shape of the API.

Every list starts from what the asker may see; a case that the asker does not see is a number only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.cases.reading import reviewing
from apps.cases.timekeeping import watching
from apps.oversight import permissions
from apps.oversight.models import Card, Check, DutyShift, Order, Stall
from apps.oversight.rules import CardState, CheckKind, CheckState, Level, OrderState
from apps.staff import permissions as staff
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.rules import Rule, Unit
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, Invalid, NotFound

CARD_ORDER = ("-lit_at", "-id")
STALL_ORDER = ("-at", "-id")
ORDER_ORDER = ("-issued_at", "-id")
CHECK_ORDER = ("-found_at", "-id")
_MOST_DAYS = 62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty fields narrow nothing."""

    unit: UUID | None = None
    level: str = ""
    state: str = ""
    kind: str = ""
    running: bool | None = None


def cards(wanted: Wanted, by: Actor) -> QuerySet[Card, Card]:
    """The visible cards that fit, to be paged by CARD_ORDER; reminders are no cards."""
    permissions.require(by, "cards.read")
    rows = permissions.cards_of(by).filter(level__gt=Level.REMINDER)
    if wanted.unit:
        rows = rows.filter(owner_unit=wanted.unit)
    if wanted.level:
        rows = rows.filter(level=Level[wanted.level.upper()])
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.running is not None:
        rows = rows.filter(over_at__isnull=wanted.running)
    return rows


def shown_cards(rows: Sequence[Card], by: Actor) -> list[dict[str, Any]]:
    """Cards with their reasons; one query for all their cases."""
    seen = watching.cases_seen((row.case for row in rows), by)
    return [_card(row, seen, by) for row in rows]


def card(card_id: UUID, by: Actor) -> dict[str, Any]:
    """One card; raises NotFound."""
    permissions.require(by, "cards.read")
    row = permissions.cards_of(by).filter(id=card_id).first()
    if row is None:
        raise NotFound
    return shown_cards([row], by)[0]


def _card(row: Card, seen: Mapping[UUID, dict[str, Any]], by: Actor) -> dict[str, Any]:
    fields = ("id", "version", "stage", "rule", "why", "blames", "started_at", "due_at", "due_on")
    moments = ("lit_at", "found_at", "told_at", "over_at", "state", "appeal", "decision")
    return {name: getattr(row, name) for name in (*fields, *moments)} | {
        "case": _case(row.case, row.number, seen),
        "deadline": row.deadline,
        "level": Level(row.level).word,
        "owner": {"id": row.owner_unit, "name": row.owner_name},
        "owner_person": row.owner_person or None,
        "appeal_until": _appeal_until(row) if row.blames else None,
        "may": _may(row, by),
    }


def _case(case_id: UUID, number: str, seen: Mapping[UUID, dict[str, Any]]) -> dict[str, Any]:
    """The title only for who may open the case."""
    found = seen.get(case_id)
    title, state = (found["title"], found["state"]) if found else (None, None)
    return {"id": case_id, "number": number, "title": title, "state": state}


def _appeal_until(row: Card) -> date:
    """The last day for an appeal, counted from the day the card was found."""
    time = calendar.timekeeping()
    rule = Rule(Unit.WORKING_DAYS, parameters.number("oversight.appeal_days"))
    return due(row.found_at, rule, time.calendar, time.hours).due_on


def _may(row: Card, by: Actor) -> list[str]:
    """What the asker can do with the card now."""
    if row.state == CardState.APPEALED and row.appeal is not None:
        involved = str(by.post_id) in (row.appeal["id"], str(row.owner_post))
        return ["decide"] if staff.may(by, "cards.decide") and not involved else []
    if row.state != CardState.LIT or not row.blames or clock.today() > _appeal_until(row):
        return []
    try:
        permissions.require_appeal(by, row)
    except Forbidden:
        return []
    return ["appeal"]


def stalls(wanted: Wanted, by: Actor) -> QuerySet[Stall, Stall]:
    """Standstills that fit, to be paged by STALL_ORDER."""
    permissions.require(by, "cards.read")
    rows = permissions.stalls_of(by)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.running is not None:
        rows = rows.filter(over_at__isnull=wanted.running)
    return rows


def shown_stalls(rows: Sequence[Stall], by: Actor) -> list[dict[str, Any]]:
    seen = watching.cases_seen((row.case for row in rows), by)
    fields = ("id", "kind", "level", "since", "recorded_only", "at", "over_at")
    return [
        {name: getattr(row, name) for name in fields}
        | {
            "case": _case(row.case, row.number, seen),
            "unit": {"id": row.unit, "name": row.unit_name},
        }
        for row in rows
    ]


def orders(wanted: Wanted, by: Actor) -> QuerySet[Order, Order]:
    """Orders that fit, to be paged by ORDER_ORDER."""
    permissions.require(by, "orders.read")
    rows = permissions.orders_of(by)
    if wanted.unit:
        rows = rows.filter(unit=wanted.unit)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(state=wanted.state) if wanted.state else rows


def shown_orders(rows: Sequence[Order], by: Actor) -> list[dict[str, Any]]:
    """Orders with their rounds; the case is named to who may see it."""
    seen = watching.cases_seen((row.case for row in rows if row.case), by)
    return [_order(row, seen, by) for row in rows]


def order(order_id: UUID, by: Actor) -> dict[str, Any]:
    """One order; raises NotFound."""
    permissions.require(by, "orders.read")
    row = permissions.orders_of(by).filter(id=order_id).first()
    if row is None:
        raise NotFound
    return shown_orders([row], by)[0]


def _order(row: Order, seen: Mapping[UUID, dict[str, Any]], by: Actor) -> dict[str, Any]:
    fields = ("id", "version", "kind", "reason_code", "text", "wanted", "due_at", "due_on")
    moments = ("state", "issued_at", "answers", "closed_at")
    return {name: getattr(row, name) for name in (*fields, *moments)} | {
        "case": _case(row.case, row.number, seen) if row.case and row.case in seen else None,
        "unit": {"id": row.unit, "name": row.unit_name},
        "issuer": {"id": row.issued_by, "name": row.issuer_name},
        "overdue": row.state == OrderState.OPEN and clock.now() > row.due_at,
        "may": _may_order(row, by),
    }


def _may_order(row: Order, by: Actor) -> list[str]:
    if row.state == OrderState.ANSWERED and staff.may(by, "orders.decide"):
        return ["decide"]
    if row.state != OrderState.OPEN:
        return []
    try:
        permissions.require_answer(by, row)
    except Forbidden:
        return []
    return ["answer"]


def of_case(case_id: UUID, by: Actor) -> dict[str, Any]:
    """All that oversight knows of a visible case, newest first; raises NotFound."""
    permissions.require(by, "cards.read")
    seen = watching.cases_seen([case_id], by)
    if case_id not in seen:
        raise NotFound
    mine = Q(case=case_id)
    lit = cards(Wanted(), by).filter(mine).order_by(*CARD_ORDER)
    given = orders(Wanted(), by).filter(mine).order_by(*ORDER_ORDER)
    still = stalls(Wanted(running=True), by).filter(mine).order_by(*STALL_ORDER)
    over = seen[case_id]["state"] == "closed"
    verbs = {"urge": "cases.urge", "supervise": "orders.supervise", "rectify": "orders.rectify"}
    may = [verb for verb, name in verbs.items() if staff.may(by, name) and not over]
    if seen[case_id]["supervised"] and "supervise" in may:
        may.remove("supervise")
    return {
        "supervised": seen[case_id]["supervised"],
        "cards": [_card(row, seen, by) for row in lit],
        "orders": [_order(row, seen, by) for row in given],
        "stalls": shown_stalls(list(still), by),
        "may": may,
    }


def duty(first: date, last: date, by: Actor) -> list[DutyShift]:
    """The roster of a span of at most two months, by day; raises Invalid."""
    staff.require(by, "duty.read")
    if not 0 <= (last - first).days <= _MOST_DAYS:
        raise Invalid(errors={"to": ["out_of_range"]})
    rows = DutyShift.objects.filter(day__gte=first, day__lte=last)
    return list(rows.order_by("day", "part", "role", "name", "id"))


def on_duty(day: date) -> list[DutyShift]:
    """Who is on duty on a day; whoever is absent is named with who stands in."""
    return list(DutyShift.objects.filter(day=day).order_by("part", "role", "name", "id"))


def days_with_duty(first: date, last: date) -> frozenset[date]:
    """The days of a span on which somebody is planned."""
    rows = DutyShift.objects.filter(day__gte=first, day__lte=last)
    return frozenset(rows.values_list("day", flat=True).distinct())


def checks(wanted: Wanted, by: Actor) -> QuerySet[Check, Check]:
    """Checks that fit, to be paged by CHECK_ORDER."""
    permissions.require(by, "quality.read")
    rows = permissions.checks()
    if wanted.kind == "findings":
        rows = rows.exclude(kind=CheckKind.REPLY_AUDIT)
    elif wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(state=wanted.state) if wanted.state else rows


def shown_checks(rows: Iterable[Check], by: Actor) -> list[dict[str, Any]]:
    """Checks with what they were found in; two queries for all their cases."""
    found = list(rows)
    seen = watching.cases_seen((row.case for row in found), by)
    about = reviewing.of_ids(row.case for row in found)
    return [_shown_check(row, seen, about.get(row.case), by) for row in found]


def _shown_check(
    row: Check,
    seen: Mapping[UUID, dict[str, Any]],
    about: reviewing.Reviewed | None,
    by: Actor,
) -> dict[str, Any]:
    fields = ("id", "version", "kind", "period", "found_at", "found", "state", "judged", "score")
    open_now = row.state == CheckState.OPEN and staff.may(by, "quality.judge")
    return {name: getattr(row, name) for name in fields} | {
        "case": _case(row.case, row.number, seen),
        "unit": {"id": row.unit, "name": row.unit_name} if row.unit else None,
        "answer": about.answer if about else "",
        "legal_basis": about.legal_basis if about else "",
        "may": ["score" if row.kind == CheckKind.REPLY_AUDIT else "review"] if open_now else [],
    }


def check(check_id: UUID, by: Actor) -> dict[str, Any]:
    """One check; raises NotFound."""
    row = checks(Wanted(), by).filter(id=check_id).first()
    if row is None:
        raise NotFound
    return shown_checks([row], by)[0]
