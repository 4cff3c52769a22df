"""Cards and orders of many cases, for a ledger. Two queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from apps.oversight import permissions
from apps.oversight.models import Card
from apps.oversight.rules import CardState, Level, OrderKind
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

LEVELS = tuple(level.word for level in Level if level > Level.REMINDER)


@dataclass(frozen=True, slots=True)
class Lit:
    """A card: its level, who owned the clock then, the day."""

    level: str
    owner: str
    on: date
    lifted: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A supervision order: when, why, how it stands."""

    on: date
    reason_code: str
    state: str


def cards(case_ids: Collection[UUID], by: Actor) -> dict[UUID, list[Lit]]:
    """By case: the cards the reader may see, the oldest first; reminders are no cards."""
    rows = permissions.cards_of(by).filter(case__in=list(case_ids), level__gt=Level.REMINDER)
    found: dict[UUID, list[Lit]] = defaultdict(list)
    for card in rows.order_by("lit_at", "id"):
        lifted = card.state == CardState.LIFTED
        on = clock.day_of(card.lit_at)
        found[card.case].append(Lit(Level(card.level).word, card.owner_name, on, lifted))
    return found


def orders(case_ids: Collection[UUID], by: Actor) -> dict[UUID, list[Given]]:
    """By case: the supervision orders the reader may see, the oldest first."""
    rows = permissions.orders_of(by).filter(
        case__in=list(case_ids), kind=OrderKind.SUPERVISION.value
    )
    found: dict[UUID, list[Given]] = defaultdict(list)
    for order in rows.order_by("issued_at", "id"):
        if order.case is not None:
            on = clock.day_of(order.issued_at)
            found[order.case].append(Given(on, order.reason_code, order.state))
    return found


def cases_with_card(level: str, by: Actor) -> QuerySet[Card, object]:
    """Ids of the cases whose worst card is of this level, of those whose clock still runs and
    which were not lifted."""
    rows = permissions.cards_of(by).filter(over_at__isnull=True).exclude(state=CardState.LIFTED)
    worse = rows.filter(level__gt=Level[level.upper()]).values("case")
    return rows.filter(level=Level[level.upper()]).exclude(case__in=worse).values("case")
