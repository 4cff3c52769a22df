"""Windows and queue: everything that happens to a number, and who sets the hall up."""

from tests.contracts.rows.sets import COUNTER, Row, row

LEAD = row("shift_lead", "hall_admin")
TAKERS = row(COUNTER, "guidance_officer", "assistant", "greeter")

MAY: dict[str, Row] = {
    "POST windows/<id>/call": COUNTER,
    "POST windows/<id>/undo": COUNTER,
    "POST windows/<id>/park": COUNTER,
    "POST windows/<id>/resume": COUNTER,
    "POST windows/<id>/next-matter": COUNTER,
    "POST windows/<id>/walk-in": COUNTER,
    "POST windows/<id>/end-service": LEAD,
    "POST tickets/<id>/return": TAKERS,
    "POST tickets/<id>/transfer": COUNTER,
    "POST tickets/<id>/leave": TAKERS,
    "POST tickets/<id>/tension": TAKERS,
}
