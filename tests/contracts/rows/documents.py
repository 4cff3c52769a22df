"""Who may do what at the addresses of `apps.documents`.

Reading lists a paper; what it says is for who may open the person it names.
"""

from tests.contracts.rows.sets import COUNTER, DESK, READS_CASES, UNIT, Row, row

_EDITS = row("hall_admin", "district_admin", "city_admin")

MAY: dict[str, Row] = {
    "GET papers": row(READS_CASES, UNIT),
    "POST papers": COUNTER,
    "GET papers/<id>": row(READS_CASES, UNIT),
    "GET papers/<id>/pdf": row(COUNTER, UNIT),
    "POST papers/<id>/void": DESK,
    "GET documents/templates": row(_EDITS, "shift_lead"),
    "POST documents/templates": _EDITS,
    "POST documents/templates/settle": _EDITS,
    "POST documents/templates/preview": row(_EDITS, "shift_lead"),
}
