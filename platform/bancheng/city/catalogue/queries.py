"""Reading the catalogue of the current hall's network."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from bancheng.city.catalogue.models import HallItem, LegalBasis, ServiceItem
from bancheng.kernel import clock
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import here


@dataclass(frozen=True, slots=True)
class Material:
    """A paper an item asks for. Only a secondary one may come later (容缺, domain.md §2.9)."""

    name: str
    primary: bool = True


@dataclass(frozen=True, slots=True)
class ServiceItemRef:
    """A service item; `levels` are the hall levels that may decide it, `limit_days` the working
    days promised, `since` and `until` its first and last day (None: open)."""

    code: str
    name: str
    unit: str
    levels: tuple[str, ...] = ()
    limit_days: int | None = None
    materials: tuple[Material, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AtHall:
    """What the current hall does differently about an item, from a day on."""

    item: str
    offered: bool = True
    limit_days: int | None = None
    place: str = ""
    since: date = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class LegalBasisRef:
    """An article with its verbatim text."""

    code: str
    title: str
    article: str
    text: str
    version: str = ""


def service_items() -> list[ServiceItemRef]:
    """The items that hold today and that this hall offers, with its own promise, by code."""
    today = clock.today()
    rows = known_items().filter(
        Q(effective_from__isnull=True) | Q(effective_from__lte=today),
        Q(effective_to__isnull=True) | Q(effective_to__gte=today),
    )
    mine = {one.item: one for one in at_hall() if one.since <= today}
    found = (_here(_item(row), mine.get(row.code)) for row in rows.order_by("code"))
    return [item for item in found if item is not None]


def _here(item: ServiceItemRef, mine: AtHall | None) -> ServiceItemRef | None:
    if mine is None:
        return item
    if not mine.offered:
        return None
    return item if mine.limit_days is None else replace(item, limit_days=mine.limit_days)


def service_item(code: str) -> ServiceItemRef | None:
    """One item by its code, whether or not it is offered."""
    row = known_items().filter(code=code).first()
    return _item(row) if row else None


def item_here(code: str) -> ServiceItemRef | None:
    """One item with this hall's own promise; None for an unknown code or one not offered here."""
    row = known_items().filter(code=code).first()
    if row is None:
        return None
    mine = next((one for one in at_hall(code) if one.since <= clock.today()), None)
    return _here(_item(row), mine)


def known_items() -> QuerySet[ServiceItem]:
    """Every item the network ever had."""
    return ServiceItem.objects.filter(network_id=here().network_id)


def item_row(item_id: UUID) -> ServiceItem:
    """An item as it is stored; raises NotFound."""
    row = known_items().filter(id=item_id).first()
    if row is None:
        raise NotFound
    return row


def all_items() -> list[ServiceItemRef]:
    """Every item the network ever had, by code."""
    return [_item(row) for row in known_items().order_by("code")]


def at_hall(code: str = "") -> list[AtHall]:
    """What this hall does differently, by item; about one item only where it is named."""
    rows = HallItem.objects.filter(network_id=here().network_id, hall_id=here().id)
    if code:
        rows = rows.filter(item_code=code)
    names = ("item_code", "offered", "limit_days", "place", "effective_from")
    return [AtHall(*row) for row in rows.order_by("item_code").values_list(*names)]


def legal_bases() -> list[LegalBasisRef]:
    """All articles of the network, by code."""
    rows = LegalBasis.objects.filter(network_id=here().network_id).order_by("code")
    return [_basis(row) for row in rows]


def legal_basis(code: str) -> LegalBasisRef | None:
    """One article by its code."""
    row = LegalBasis.objects.filter(network_id=here().network_id, code=code).first()
    return _basis(row) if row else None


def _item(row: ServiceItem) -> ServiceItemRef:
    return ServiceItemRef(
        row.code,
        row.name,
        row.unit,
        tuple(row.levels),
        row.limit_days,
        tuple(Material(**one) for one in row.materials),
        row.effective_from,
        row.effective_to,
    )


def _basis(row: LegalBasis) -> LegalBasisRef:
    return LegalBasisRef(row.code, row.title, row.article, row.text, row.version)
