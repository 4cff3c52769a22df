"""Who may call what: the hall's screens."""

from tests.contracts.rows.sets import ANYBODY, Row, row

MANAGES = row("shift_lead", "hall_admin", "district_admin", "city_admin")

MAY: dict[str, Row] = {
    "POST devices/pairing": ANYBODY,
    "GET devices/me": ANYBODY,
    "GET devices": MANAGES,
    "POST devices": MANAGES,
    "POST devices/<id>/set-up": MANAGES,
    "POST devices/<id>/revoke": MANAGES,
}
