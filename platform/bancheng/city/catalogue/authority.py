"""Who decides an item, at which level, and what else may prove it (C-72, C-84)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from bancheng.city.catalogue.codes import BLOCKING_REASONS
from bancheng.city.catalogue.models import Authority, ItemEvidence, ServiceItem
from bancheng.city.catalogue.services import require_city
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import Level, here
from bancheng.services.audit import chain as audit

_EVIDENCE = ("name", "held_by", "reason")
_LOWEST_FIRST = (Level.STREET, Level.DISTRICT, Level.CITY)


@dataclass(frozen=True, slots=True)
class Decider:
    """A kind of unit that decides an item at one level; `until` is the last day, None for open."""

    item: str
    level: Level
    unit: str
    since: date
    until: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Another paper or record, who holds it, and the blocking reason it answers (empty: any)."""

    name: str
    held_by: str = ""
    reason: str = ""


def deciders(item: str, on: date | None = None) -> list[Decider]:
    """Who decides an item on a day (today), the lowest level first.

    Where nobody wrote a row for the item, its own levels and unit in the catalogue count.
    """
    day = on or clock.today()
    rows = Authority.objects.filter(
        Q(effective_to__isnull=True) | Q(effective_to__gte=day),
        network_id=here().network_id,
        item_code=item,
        effective_from__lte=day,
    )
    found = [_decider(row) for row in rows.order_by("effective_from", "id")]
    return sorted(found or _by_the_catalogue(item), key=lambda one: _LOWEST_FIRST.index(one.level))


def _decider(row: Authority) -> Decider:
    return Decider(
        row.item_code,
        Level(row.level),
        row.unit,
        row.effective_from,
        row.effective_to,
        row.basis,
    )


def _by_the_catalogue(code: str) -> list[Decider]:
    item = ServiceItem.objects.filter(network_id=here().network_id, code=code).first()
    if item is None:
        return []
    levels = [level for level in _LOWEST_FIRST if level.value in item.levels]
    return [Decider(code, level, item.unit, date(2000, 1, 1)) for level in levels]


def matrix() -> list[Decider]:
    """Every row ever written, by item, level and day."""
    rows = Authority.objects.filter(network_id=here().network_id)
    return [_decider(row) for row in rows.order_by("item_code", "level", "effective_from", "id")]


def evidence(item: str) -> list[Evidence]:
    """What else may prove an item's matter, by name."""
    rows = ItemEvidence.objects.filter(network_id=here().network_id, item_code=item)
    return [Evidence(*row) for row in rows.order_by("name").values_list(*_EVIDENCE)]


def _hold(item: str) -> None:
    """Of two who replace an item's rows at once the second waits; raises Invalid."""
    rows = ServiceItem.objects.select_for_update().filter(network_id=here().network_id, code=item)
    if rows.values_list("id").first() is None:
        raise Invalid(errors={"item": ["unknown"]})


@transaction.atomic
def put_deciders(*, item: str, rows: Iterable[Decider], by: Actor) -> list[Decider]:
    """Replace an item's rows of the matrix. Raises Forbidden outside a city hall, Invalid."""
    require_city(by)
    network, wanted = here().network_id, list(rows)
    _hold(item)
    if any(row.until and row.until < row.since for row in wanted):
        raise Invalid(errors={"until": ["before_since"]})
    if len({(row.level, row.unit, row.since) for row in wanted}) < len(wanted):
        raise Invalid(errors={"rows": ["twice"]})
    Authority.objects.filter(network_id=network, item_code=item).delete()
    Authority.objects.bulk_create(
        Authority(
            network_id=network,
            item_code=item,
            level=row.level,
            unit=row.unit,
            effective_from=row.since,
            effective_to=row.until,
            basis=row.basis,
        )
        for row in wanted
    )
    detail = {"item": item, "rows": len(wanted)}
    audit.record(
        "catalogue.authority_put", subject="network", subject_id=network, by=by, detail=detail
    )
    return deciders(item)


@transaction.atomic
def put_evidence(*, item: str, found: Iterable[Evidence], by: Actor) -> list[Evidence]:
    """Replace an item's list of other evidence. Raises Forbidden outside a city hall, Invalid."""
    require_city(by)
    network = here().network_id
    _hold(item)
    wanted = {one.name: one for one in found}
    if not {one.reason for one in wanted.values()} <= BLOCKING_REASONS.keys() | {""}:
        raise Invalid(errors={"reason": ["unknown"]})
    ItemEvidence.objects.filter(network_id=network, item_code=item).delete()
    ItemEvidence.objects.bulk_create(
        ItemEvidence(network_id=network, item_code=item, **asdict(one)) for one in wanted.values()
    )
    detail = {"item": item, "rows": len(wanted)}
    audit.record(
        "catalogue.evidence_put", subject="network", subject_id=network, by=by, detail=detail
    )
    return evidence(item)
