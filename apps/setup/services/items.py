"""Service items: one added or changed, a whole sheet taken over, one done differently here."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from apps.setup import permissions, queries
from apps.setup.errors import ChangedSince, RowsWrong
from bancheng.city.catalogue import keeping
from bancheng.city.catalogue import services as catalogue
from bancheng.city.catalogue.queries import AtHall, ServiceItemRef, item_row
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

TOPICS = ("desk",)


@transaction.atomic
def add(item: ServiceItemRef, *, by: Actor) -> UUID:
    """A new item of the network; its id. Raises Forbidden, NotTheCity, ItemExists, Invalid."""
    permissions.require_items(by)
    made = keeping.add(item, by=by)
    _record("item_added", made, by, {"item": item.code})
    return made


@transaction.atomic
def change(*, item_id: UUID, version: int, item: ServiceItemRef, by: Actor) -> int:
    """What an item says from now on; its new version.

    Raises NotFound, Forbidden, NotTheCity, Stale, Invalid.
    """
    permissions.require(by, "setup.read")
    item_row(item_id)
    permissions.require_items(by)
    made = keeping.change(item_id, version, item, by=by)
    _record("item_changed", item_id, by, {"item": item.code, "version": made})
    return made


@transaction.atomic
def do_here(*, item_id: UUID, wanted: AtHall, by: Actor) -> None:
    """What this hall does differently about an item. Raises NotFound, Forbidden, Invalid."""
    permissions.require(by, "setup.configure")
    code = item_row(item_id).code
    keeping.decide_here(replace(wanted, item=code), by=by)
    detail = {"item": code, "offered": wanted.offered, "limit_days": wanted.limit_days}
    _record("item_here", item_id, by, detail)


@transaction.atomic
def do_as_the_network(*, item_id: UUID, by: Actor) -> None:
    """Drop what this hall does differently about an item. Raises NotFound, Forbidden."""
    permissions.require(by, "setup.configure")
    code = item_row(item_id).code
    if keeping.as_the_network(code):
        _record("item_as_the_network", item_id, by, {"item": code})


@transaction.atomic
def take_over(content: bytes, *, ends_missing: bool, seal: str, by: Actor) -> Mapping[str, int]:
    """Write exactly what was looked at, all of it or nothing; the numbers.

    Raises Forbidden, NotTheCity, RowsWrong, ChangedSince and what reading the sheet raises.
    """
    permissions.require_items(by)
    keeping.hold()
    plan = queries.planned(content, ends_missing=ends_missing)
    if plan.errors:
        raise RowsWrong(errors=len(plan.errors))
    if plan.seal != seal:
        raise ChangedSince
    catalogue.put_service_items(items=[change.item for change in plan.changes], by=by)
    counted = queries.counted(plan)
    _record("items_taken_over", None, by, {"seal": plan.seal, **counted})
    return counted


def _record(action: str, ident: UUID | None, by: Actor, detail: Mapping[str, object]) -> None:
    audit.record(f"setup.{action}", subject="service_item", subject_id=ident, by=by, detail=detail)
    live.publish(TOPICS, live.Change(f"setup.{action}", ident or ""))
