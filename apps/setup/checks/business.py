"""Lines and windows, the service items they are for, the screens people look at."""

from apps.setup.readiness import Found, check, enough
from apps.staff import queries as staff
from apps.windows import queries as windows
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.parameters import queries as parameters

_MOST_NAMES = 8


@check("lines", step="windows", page="/lines")
def lines() -> Found:
    """At least one kind of business gives numbers out."""
    active = [one for one in windows.queues() if one.active]
    return enough(bool(active), {"count": len(active)})


@check("windows", step="windows", page="/lines")
def windows_serve() -> Found:
    """Every line in use is called from some window."""
    served = {each for window in windows.windows() for each in window.window.queue_ids}
    active = [one for one in windows.queues() if one.active]
    idle = [f"{one.prefix} {one.name}" for one in active if one.id not in served]
    count = len(windows.windows())
    return enough(bool(count) and not idle, {"count": count, "names": idle[:_MOST_NAMES]})


@check("items", step="items", page="/admin/items")
def items() -> Found:
    """What the hall does; without items nothing routes itself and no guide is found."""
    count = len(catalogue.service_items())
    return enough(count > 0, {"count": count})


@check("line_items", step="items", page="/lines")
def line_items() -> Found:
    """A line names items that are offered; one that ended is named by nobody any more."""
    offered = {one.code for one in catalogue.service_items()}
    gone = {code for one in windows.queues() if one.active for code in one.item_codes} - offered
    return enough(not gone, {"names": sorted(gone)[:_MOST_NAMES]}, "warn")


@check("screens", step="screens", page="/screens")
def screens() -> Found:
    """A number display and a kiosk: people see and take numbers without asking."""
    kinds = [one.kind for one in staff.devices() if one.revoked_at is None]
    lacking = [kind for kind in ("display", "kiosk") if kind not in kinds]
    return enough(not lacking, {"count": len(kinds), "kinds": lacking}, "warn")


@check("sign_phone", step="screens", page="/settings/parameters")
def sign_phone() -> Found:
    """The number to call stands at the entrance, also when the desk is closed (C-82)."""
    return enough(bool(parameters.value("windows.sign_phone")), {}, "warn")
