"""Who may do what at the addresses of `apps.setup`, asked in a district hall: the network's items
are the city hall's to change, so that a city administrator hears why, and all others no."""

from tests.contracts.rows.sets import ROLES, Row, row

MANAGERS = row("hall_admin", "district_admin", "city_admin")
READS = row(MANAGERS, "shift_lead")

MAY: dict[str, Row] = {
    "GET catalogue/item": ROLES,
    "GET setup/items": READS,
    "POST setup/items": row("city_admin"),
    "GET setup/items/<id>": READS,
    "POST setup/items/<id>": row("city_admin"),
    "POST setup/items/<id>/here": MANAGERS,
    "DELETE setup/items/<id>/here": MANAGERS,
    "GET setup/items/template": READS,
    "GET setup/items/export": READS,
    "GET setup/people/template": MANAGERS,
    "GET setup/imports": MANAGERS,
    "POST setup/imports": MANAGERS,
    "GET setup/imports/<id>": MANAGERS,
    "DELETE setup/imports/<id>": MANAGERS,
    "POST setup/imports/<id>/confirm": MANAGERS,
    "POST setup/imports/<id>/passwords": MANAGERS,
    "GET setup/readiness": READS,
    "GET setup/configuration": MANAGERS,
    "POST setup/configuration": MANAGERS,
    "POST setup/configuration/preview": MANAGERS,
    "GET setup/configuration/above": MANAGERS,
    "POST setup/configuration/above": MANAGERS,
    "POST setup/configuration/above/preview": MANAGERS,
}
