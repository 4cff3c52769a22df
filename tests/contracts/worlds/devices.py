"""A paired screen, and what its manager sends."""

from typing import Any
from uuid import UUID

from apps.staff import devices
from apps.staff.device_settings import Settings
from apps.staff.models import Device
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall


def ids(world: Any) -> dict[str, UUID]:
    """A screen that was let in by its code."""
    with hall(world.ref):
        code = devices.ask(kind=Device.Kind.DISPLAY).code
        world.screen_code = devices.ask(kind=Device.Kind.DISPLAY).code
        screen = devices.approve(
            code=code, name="大屏", kind=Device.Kind.DISPLAY, settings=Settings(), by=SYSTEM
        )
    return {"devices": screen.id}


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    """`POST devices` names a code that a further screen shows."""
    set_up = {"name": "一楼大屏", "settings": {"layout": "table"}}
    return {
        "POST devices/pairing": {"kind": "display"},
        "POST devices": set_up | {"code": world.screen_code, "kind": "display"},
        "POST devices/<id>/set-up": set_up,
    }
