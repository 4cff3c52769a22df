"""Who may call what: sealed files (C-13, C-57 to C-59, C-71).

A file answers to its circle alone. Here it is about nobody of the hall and names no handler, so
its circle is supervisors and observers; for everybody else it does not exist, whatever the role.
"""

from tests.contracts.rows.sets import ABOVE, COUNTER, ROLES, Row, row

_OPENS = row(COUNTER, ABOVE)
_READS = row(ABOVE, "shift_lead", "hall_admin", "discipline_observer")
_CIRCLE = row("supervisor", "discipline_observer")
_ACTS = row("supervisor")

MAY: dict[str, Row] = {
    "GET conduct": _READS,
    "POST conduct": _OPENS,
    "POST cases/<id>/conduct": _OPENS,
    "GET conduct/<id>": _CIRCLE,
    "GET conduct/<id>/audit": _ACTS,
    "GET conduct/clues": _CIRCLE,
    "GET conduct/watch": _CIRCLE,
    "GET city/conduct": row(),
    "GET conduct/releases": ROLES,
    "GET conduct/measures": ROLES,
    "POST conduct/<id>/recusals": _CIRCLE,
    "POST conduct/<id>/verify": _ACTS,
    "POST conduct/<id>/notes": _ACTS,
    "POST conduct/<id>/accused": _ACTS,
    "POST conduct/<id>/handlers": _ACTS,
    "POST conduct/<id>/finding": _ACTS,
    "POST conduct/<id>/measures": _ACTS,
    "POST conduct/<id>/hand-over": _ACTS,
    "POST conduct/<id>/release": _ACTS,
    "POST conduct/<id>/feedback": _ACTS,
    "POST conduct/<id>/archive": _ACTS,
    "POST conduct/<id>/send-up": _ACTS,
    "POST conduct/<id>/matter": _ACTS,
    "POST conduct/<id>/reveals": _ACTS,
    "POST conduct/reveals/<id>/decision": _ACTS,
    "POST conduct/reveals/<id>/show": _ACTS,
    "POST conduct/measures/<id>/serve": _ACTS,
    "POST conduct/measures/<id>/appeal": row(),
    "POST conduct/measures/<id>/appeal-decision": _ACTS,
}
