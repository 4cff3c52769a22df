"""Who may do what at the addresses of `apps.ledger` (C-38, security.md §4.2)."""

from tests.contracts.rows.sets import ABOVE, COUNTER, DESK, READS_CASES, UNIT, Row, row

_READS = row(READS_CASES, UNIT)
_ASKS = row(DESK, "dept_lead", "supervisor")
_DECIDES = row("shift_lead", "hall_admin", "supervisor")

MAY: dict[str, Row] = {
    "GET ledger": _READS,
    "GET ledger/columns": _READS,
    "GET ledger/selection": _READS,
    "POST ledger/bulk": row(COUNTER, "supervisor"),
    "POST ledger/file": row(DESK, ABOVE, "dept_lead"),
    "GET ledger/views": _READS,
    "POST ledger/views": _READS,
    "POST ledger/views/<id>": row("hall_admin"),
    "DELETE ledger/views/<id>": row("hall_admin"),
    "GET ledger/exports": _READS,
    "POST ledger/exports": _ASKS,
    "GET ledger/exports/<id>": _DECIDES,
    "POST ledger/exports/<id>/decision": _DECIDES,
    "POST ledger/exports/<id>/withdraw": row(),
    "POST ledger/exports/<id>/file": row(),
    "POST cases/<id>/archive": DESK,
    "POST cases/<id>/remark": DESK,
}
