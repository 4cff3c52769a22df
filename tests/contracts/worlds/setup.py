"""An item of the network, and valid requests about setting up."""

import base64
from typing import Any
from uuid import UUID

from bancheng.city.catalogue import queries, services
from bancheng.city.catalogue.queries import ServiceItemRef
from bancheng.city.imports import runs
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, Level, hall
from tenants import directory
from tests.support.people import staff_in

CODE = "SETUP-1"


def ids(world: Any) -> dict[str, UUID]:
    with hall(_city_above(world.ref)):
        services.put_service_items(items=[ServiceItemRef(CODE, "测试事项", "民政")], by=SYSTEM)
        item = queries.known_items().get(code=CODE).id
    boss = staff_in(world.ref, Role.HALL_ADMIN)
    with hall(world.ref):
        run = runs.new(kind="people", said="", ends_missing=False, by=boss).id
    below = ("", "/confirm", "/passwords")
    return {"setup": item} | {f"setup/imports/<id>{end}": run for end in below}


def _city_above(ref: HallRef) -> HallRef:
    """Items belong to the network: its city hall keeps them."""
    while ref.level != Level.CITY:
        assert ref.parent_id is not None
        ref = directory.by_id(ref.parent_id)
    return ref


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    item = {"code": CODE, "name": "测试事项", "unit": "民政"}
    sheet = {"content": base64.b64encode("事项编码,事项名称\nA1,甲\n".encode()).decode()}
    document = {"kind": "bancheng.configuration", "format": 1, "parts": {}}
    return {
        "POST setup/items": item | {"code": "SETUP-2"},
        "POST setup/items/<id>": item,
        "POST setup/items/<id>/here": {"offered": False},
        "POST setup/imports": sheet | {"kind": "people"},
        "POST setup/imports/<id>/confirm": {},
        "POST setup/imports/<id>/passwords": {},
        "POST setup/configuration": {"configuration": document, "seal": "x"},
        "POST setup/configuration/preview": {"configuration": document},
        "POST setup/configuration/above": {"hall": str(world.ref.parent_id), "seal": "x"},
        "POST setup/configuration/above/preview": {"hall": str(world.ref.parent_id)},
    }
