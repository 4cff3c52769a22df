"""Single items: added, changed, ended by the city; done differently by one hall.

The caller's transaction and audit. What a hall decides for itself is the caller's to permit: the
city's parts know no roles of a hall.
"""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bancheng.city.catalogue.errors import ItemExists
from bancheng.city.catalogue.models import HallItem
from bancheng.city.catalogue.queries import AtHall, ServiceItemRef, known_items
from bancheng.city.catalogue.services import ITEM_FIELDS, require_city, row_of
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.kernel.hall import here

MOST_DAYS = 250
_ITEMS = 4_303
"""Class of the advisory lock; the second part is the network's hash."""


def add(item: ServiceItemRef, *, by: Actor) -> UUID:
    """A new item; its id. Raises Forbidden outside a city hall, ItemExists, Invalid."""
    require_city(by)
    require_sound(item)
    if known_items().filter(code=item.code).exists():
        raise ItemExists(item=item.code)
    row = row_of(item, 1)
    with taken("service_item_code", ItemExists(item=item.code)):
        row.save(force_insert=True)
    return row.id


def hold() -> None:
    """Nobody else changes an item of the network, or adds many, before the transaction ends."""
    with connection.cursor() as cursor:
        network = str(here().network_id)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_ITEMS, network])
    list(known_items().select_for_update().order_by("id").values_list("id"))


def change(item_id: UUID, version: int, item: ServiceItemRef, *, by: Actor) -> int:
    """Replace what an item says, never its code; the new version.

    Raises NotFound, Stale, Forbidden outside a city hall, Invalid.
    """
    row = known_items().select_for_update().filter(id=item_id).first()
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale(current=row.version)
    require_city(by)
    require_sound(item)
    if item.code != row.code:
        raise Invalid(errors={"code": ["fixed"]})
    wanted = row_of(item, version + 1)
    for name in ITEM_FIELDS:
        setattr(row, name, getattr(wanted, name))
    row.save(update_fields=ITEM_FIELDS)
    return row.version


def decide_here(wanted: AtHall, *, by: Actor) -> None:
    """What this hall does differently about an item from a day on; of two at once the later one
    holds. Raises Invalid."""
    require_days(wanted.limit_days)
    row = HallItem(
        network_id=here().network_id,
        hall_id=here().id,
        item_code=wanted.item,
        offered=wanted.offered,
        limit_days=wanted.limit_days,
        place=wanted.place.strip(),
        effective_from=wanted.since,
        decided_by=by.name,
    )
    HallItem.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["hall_id", "item_code"],
        update_fields=["offered", "limit_days", "place", "effective_from", "decided_by"],
    )


def as_the_network(item: str) -> bool:
    """Drop what this hall does differently about an item; whether there was anything."""
    return bool(_mine().filter(item_code=item).delete()[0])


def require_sound(item: ServiceItemRef) -> None:
    """Raise Invalid unless the item can be stored and makes sense in itself."""
    errors: dict[str, list[str]] = {}
    if not item.code.strip():
        errors["code"] = ["required"]
    if not item.name.strip():
        errors["name"] = ["required"]
    if item.since and item.until and item.until < item.since:
        errors["until"] = ["before_since"]
    if len({one.name for one in item.materials}) < len(item.materials):
        errors["materials"] = ["twice"]
    if errors:
        raise Invalid(errors=errors)
    require_days(item.limit_days)


def require_days(days: int | None) -> None:
    """A promise is one working day to 250; raises Invalid."""
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Invalid(errors={"limit_days": ["out_of_range"]})


def _mine() -> QuerySet[HallItem]:
    return HallItem.objects.filter(network_id=here().network_id, hall_id=here().id)
