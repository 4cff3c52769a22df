"""Windows and queue: everything that happens to a number, and who sets the hall up."""

from tests.contracts.rows.sets import ABOVE, ANYBODY, COUNTER, ROLES, Row, row

LEAD = row("shift_lead", "hall_admin")
TAKERS = row(COUNTER, "guidance_officer", "assistant", "greeter")

RECORDERS = row(COUNTER, "guidance_officer", "greeter")

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
    "GET tickets/<id>/thread": ROLES,
    # setting up
    "GET queues/setup": ROLES,
    "POST queues": row("hall_admin"),
    "POST queues/<id>": row("hall_admin"),
    "GET queues/<id>/hours": ROLES,
    "POST queues/<id>/hours": row("hall_admin"),
    "POST windows": row("hall_admin"),
    "POST windows/<id>": row("hall_admin"),
    # the kiosk and what staff do at it; a number display is no kiosk
    "GET kiosk/menu": TAKERS,
    "POST kiosk/tickets": TAKERS,
    "POST kiosk/check-in": TAKERS,
    "POST kiosk/returns": TAKERS,
    # beside the windows
    "GET guidance": RECORDERS,
    "POST guidance": RECORDERS,
    "GET guidance/<id>": row(COUNTER, "guidance_officer"),
    "POST guidance/<id>/link": row(COUNTER, "guidance_officer"),
    "GET guidance/effect": row(LEAD, ABOVE, "analyst"),
    # the shift lead's board
    "GET board/live": row(COUNTER, ABOVE),
    "GET board/load": row(COUNTER, ABOVE),
    "GET alarms": COUNTER,
    "POST alarms": RECORDERS,
    "POST alarms/<id>/accept": COUNTER,
    "POST alarms/<id>/end": COUNTER,
    "POST suggestions/<id>/decide": LEAD,
    "POST warnings/<id>/decide": LEAD,
    "POST warnings/<id>/take-up": LEAD,
    # who is trained, and the room for a heated moment
    "GET skills": row(COUNTER, "guidance_officer"),
    "POST skills": row("hall_admin"),
    "POST skills/<id>/end": row("hall_admin"),
    "GET rooms": row(COUNTER, "guidance_officer"),
    "POST rooms": row(COUNTER, "guidance_officer"),
    "POST rooms/<id>/cancel": row(COUNTER, "guidance_officer"),
    # everybody
    "GET portal/sign": ANYBODY,
    "GET portal/queues": ANYBODY,
    "POST portal/tickets": ANYBODY,
    "GET portal/positions/<id>": ANYBODY,
    "POST portal/positions/<id>/leave": ANYBODY,
}
