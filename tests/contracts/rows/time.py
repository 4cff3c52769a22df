"""Who may call what: time, and what a place decides for itself."""

from tests.contracts.rows.sets import COUNTER, DESK, ROLES, UNIT, Row, row

MANAGERS = row("hall_admin", "district_admin", "city_admin")

MAY: dict[str, Row] = {
    "POST cases/<id>/pause": row(DESK, UNIT),
    "POST cases/<id>/resume": row(COUNTER, UNIT),
    "POST cases/<id>/extension": UNIT,
    "POST cases/<id>/extension-decision": row("dept_lead", "shift_lead", "hall_admin"),
    "GET calendar/days": ROLES,
    "POST calendar/days": MANAGERS,
    "POST calendar/days/preview": MANAGERS,
    "DELETE calendar/days/<id>": MANAGERS,
    "POST calendar/notices": row("city_admin"),
    "POST calendar/notices/confirm": row("city_admin"),
    "GET deadline-policies": ROLES,
    "POST deadline-policies": MANAGERS,
    "POST deadline-policies/preview": MANAGERS,
    "DELETE deadline-policies/<id>": MANAGERS,
    "GET parameters": row(MANAGERS, "shift_lead", "supervisor"),
    "POST parameters": MANAGERS,
    "POST parameters/preview": MANAGERS,
    "DELETE parameters/<id>": MANAGERS,
    "POST deadlines/recompute": MANAGERS,
}
