"""Who sees cards, orders and findings, and who may answer or decide (domain.md §4.1)."""

from typing import Any

from django.db.models import Q, QuerySet

from apps.cases import permissions as cases
from apps.notices import services as notices
from apps.oversight.models import Card, Check, Order, Stall
from apps.staff import permissions as staff
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden

SUPERVISORS = frozenset({Role.SUPERVISOR})
DECIDERS = frozenset({Role.SHIFT_LEAD, Role.HALL_ADMIN, Role.SUPERVISOR})
ORDERERS = frozenset({Role.SUPERVISOR, Role.HALL_ADMIN})
ROSTERERS = frozenset({Role.SHIFT_LEAD, Role.HALL_ADMIN})
READS_QUALITY = ORDERERS | {Role.DISTRICT_ADMIN, Role.CITY_ADMIN, Role.DISCIPLINE_OBSERVER}
_READERS = cases.SEE_THE_HALL | cases.UNIT
TABLE = {
    "cards.read": _READERS,
    "cards.appeal": cases.AT_THE_DESK | cases.UNIT,
    "cards.decide": DECIDERS,
    "cases.urge": cases.DESK | SUPERVISORS,
    "orders.read": _READERS,
    "orders.supervise": SUPERVISORS,
    "orders.rectify": ORDERERS,
    "orders.answer": cases.AT_THE_DESK | cases.UNIT,
    "orders.decide": ORDERERS,
    "duty.read": staff.READERS_OF_STAFF,
    "duty.manage": ROSTERERS,
    "quality.read": READS_QUALITY,
    "quality.run": ORDERERS,
    "quality.judge": SUPERVISORS,
}
staff.grant(TABLE)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def _open_cases() -> QuerySet[Any, Any]:
    """Ids of what is not sealed: nothing here may tell of a sealed file (C-13)."""
    return cases.open_to_the_hall().values("id")


def _of(by: Actor, unit: str, person: str = "") -> Q:
    """Everything for who sees the hall; else what is the actor's own or their unit's."""
    if by is SYSTEM or by.has_role(*cases.SEE_THE_HALL):
        return Q()
    mine = Q(pk__in=[])
    if person and by.post_id is not None:
        mine |= Q(**{person: by.post_id})
    if by.has_role(*cases.UNIT) and by.department_id is not None:
        mine |= Q(**{unit: by.department_id})
    return mine


def cards_of(by: Actor) -> QuerySet[Card, Card]:
    """A unit keeps sight of its cards when the case has gone on."""
    return Card.objects.filter(_of(by, "owner_unit", "owner_post"), case__in=_open_cases())


@notices.visible("card")
def cards_seen(by: Actor) -> QuerySet[Any, Any]:
    """A unit that was asked under a case hears of its own card, without sight of the case."""
    return cards_of(by).values("id")


def stalls_of(by: Actor) -> QuerySet[Stall, Stall]:
    return Stall.objects.filter(_of(by, "unit"), case__in=_open_cases())


def orders_of(by: Actor) -> QuerySet[Order, Order]:
    """Orders without a case too."""
    sealed_away = Q(case__isnull=True) | Q(case__in=_open_cases())
    return Order.objects.filter(_of(by, "unit"), sealed_away)


@notices.visible("order")
def orders_seen(by: Actor) -> QuerySet[Any, Any]:
    """A notice about an order is read by who may see the order."""
    return orders_of(by).values("id")


def checks() -> QuerySet[Check, Check]:
    return Check.objects.filter(case__in=_open_cases())


def require_appeal(by: Actor, card: Card) -> None:
    """The owner of the time, or who leads the unit that owned it; at the desk its lead."""
    require(by, "cards.appeal")
    person = card.owner_post is not None and by.post_id == card.owner_post
    unit = card.owner_unit is not None and by.department_id == card.owner_unit
    answering = Role.DEPT_LEAD if card.owner_post else Role.DEPT_HANDLER
    theirs = unit and by.has_role(Role.DEPT_LEAD, answering)
    desk = card.owner_unit is None and by.has_role(Role.SHIFT_LEAD, Role.DESK_OFFICER)
    if not (person or theirs or desk):
        raise Forbidden(permission="cards.appeal")


def require_answer(by: Actor, order: Order) -> None:
    """The people of the unit that was ordered; at the desk those of the desk."""
    require(by, "orders.answer")
    if order.unit is None:
        theirs = by.has_role(*cases.AT_THE_DESK)
    else:
        theirs = by.has_role(*cases.UNIT) and by.department_id == order.unit
    if not theirs:
        raise Forbidden(permission="orders.answer")
