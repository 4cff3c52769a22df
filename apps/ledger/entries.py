"""One line of the ledger before its columns are read: a case with all that lies under it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.cases.reading import records
from apps.cases.reading.records import HISTORY, LINKS, PROMISE, Record
from apps.oversight import registers as oversight
from apps.oversight.registers import Given, Lit
from apps.work import registers as work
from apps.work.registers import Piece, Sitting
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.queries import Timekeeping
from bancheng.city.catalogue import desk_codes
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.catalogue.queries import ServiceItemRef
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

WORK, SITTINGS, CARDS, ORDERS, ITEMS = "work", "sittings", "cards", "orders", "items"
CASE = frozenset({HISTORY, PROMISE, LINKS})
KINDS = (
    "dispatch",
    "designate",
    "review",
    "refusal-approval",
    "deliver",
    "callback",
    "report-up",
    "report-up-answer",
    "appeal",
    "appeal-answer",
    "referral_accepted",
    "ledger.archived",
    "ledger.remarked",
)
"""The lines of history that columns read."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for all lines of one answer."""

    time: Timekeeping
    now: datetime
    items: Mapping[str, ServiceItemRef]
    reasons: Mapping[str, desk_codes.Words]


@dataclass(frozen=True, slots=True)
class Entry:
    """A case with what the asked columns need of it; the rest is empty."""

    record: Record
    around: Around
    work: Sequence[Piece] = ()
    sittings: Sequence[Sitting] = ()
    cards: Sequence[Lit] = ()
    orders: Sequence[Given] = ()

    def of_kind(self, *kinds: str) -> list[Piece]:
        """The pieces of work of these kinds."""
        return [piece for piece in self.work if piece.kind in kinds]


def around(needs: Collection[str]) -> Around:
    """The calendar, the catalogue and the hall's own codes, once for all batches."""
    items = catalogue.service_items() if ITEMS in needs else []
    reasons = desk_codes.blocking_leaves() | desk_codes.hidden_leaves()
    return Around(calendar.timekeeping(), clock.now(), {item.code: item for item in items}, reasons)


def batch(
    case_ids: Sequence[UUID],
    by: Actor,
    *,
    needs: Collection[str],
    about: Around,
    plain: bool = False,
) -> Iterator[Entry]:
    """These cases in this order; one query for each need, however many cases."""
    parts = CASE & set(needs)
    rows = records.of_ids(case_ids, by, parts=parts, kinds=KINDS, plain=plain)
    pieces = work.pieces(case_ids, by) if WORK in needs else {}
    sittings = work.sittings(case_ids, by) if SITTINGS in needs else {}
    cards = oversight.cards(case_ids, by) if CARDS in needs else {}
    orders = oversight.orders(case_ids, by) if ORDERS in needs else {}
    for row in rows:
        one = row.case.id
        yield Entry(
            row,
            about,
            pieces.get(one, ()),
            sittings.get(one, ()),
            cards.get(one, ()),
            orders.get(one, ()),
        )
