"""Who may call what: the bell, cards, orders, duty, quality (domain.md §2.5, §3.6, §4.1)."""

from tests.contracts.rows.sets import ABOVE, COUNTER, DESK, READS_CASES, ROLES, UNIT, Row, row

_READS_STAFF = ROLES - {"analyst", "discipline_observer"}
_DECIDES = row("shift_lead", "hall_admin", "supervisor")
_ORDERS = row("hall_admin", "supervisor")
_ROSTER = row("shift_lead", "hall_admin")
_QUALITY = row(_ORDERS, "district_admin", "city_admin", "discipline_observer")

MAY: dict[str, Row] = {
    "GET notices": ROLES,
    "POST notices/read": ROLES,
    "GET cards": row(READS_CASES, UNIT),
    "GET cards/<id>": row(READS_CASES, UNIT),
    "POST cards/<id>/appeal": UNIT,
    "POST cards/<id>/decision": _DECIDES,
    "GET stalls": row(READS_CASES, UNIT),
    "GET cases/<id>/oversight": row(READS_CASES, UNIT),
    "POST cases/<id>/urge": row(DESK, "supervisor"),
    "POST cases/<id>/supervision": row("supervisor"),
    "GET orders": row(READS_CASES, UNIT),
    "POST orders": _ORDERS,
    "GET orders/<id>": row(READS_CASES, UNIT),
    "POST orders/<id>/answer": UNIT,
    "POST orders/<id>/decision": _ORDERS,
    "GET duty": _READS_STAFF,
    "POST duty": _ROSTER,
    "DELETE duty/<id>": _ROSTER,
    "POST duty/<id>/cover": _ROSTER,
    "POST duty/<id>/swap": _ROSTER,
    "POST duty/<id>/note": _ROSTER,
    "GET desk/since-opening": row(COUNTER, ABOVE),
    "GET quality": _QUALITY,
    "POST quality/look": _ORDERS,
    "POST quality/samples": _ORDERS,
    "GET quality/<id>": _QUALITY,
    "POST quality/<id>/review": row("supervisor"),
    "POST quality/<id>/score": row("supervisor"),
}
