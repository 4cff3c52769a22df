"""Who may call what: intake."""

from tests.contracts.rows.sets import COUNTER, DESK, READS_CASES, ROLES, UNIT, Row, row

MAY: dict[str, Row] = {
    "POST intake/check": COUNTER,
    "GET intake/figures": row(
        "shift_lead", "hall_admin", "supervisor", "district_admin", "city_admin", "analyst"
    ),
    "GET authority": ROLES,
    # Only the city administrator of the city's own hall; the world of these tests is a district.
    "POST authority": row(),
    "GET cases/<id>/routing": READS_CASES,
    "GET cases/<id>/candidates": READS_CASES,
    "POST cases/<id>/cause-change": DESK,
    "POST cases/<id>/merge": DESK,
    "POST cases/<id>/unmerge": DESK,
    "POST cases/<id>/link": COUNTER,
    "POST cases/<id>/unlink": COUNTER,
    "POST cases/<id>/one-time-notice": row(COUNTER, UNIT),
    "POST cases/<id>/contact-data": COUNTER,
}
