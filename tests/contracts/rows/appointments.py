"""Appointments: booked from afar by everybody, kept by the counter."""

from tests.contracts.rows.sets import ANYBODY, COUNTER, Row, row

KEEPERS = row(COUNTER, "guidance_officer")

MAY: dict[str, Row] = {
    "GET appointments": KEEPERS,
    "POST appointments": KEEPERS,
    "GET appointments/slots": KEEPERS,
    "POST appointments/<id>/check-in": KEEPERS,
    "POST appointments/<id>/cancel": KEEPERS,
    "POST appointments/<id>/no-show": KEEPERS,
    "GET portal/booking": ANYBODY,
    "GET portal/booking/slots": ANYBODY,
    "POST portal/bookings": ANYBODY,
    "GET portal/bookings/<id>": ANYBODY,
    "POST portal/bookings/<id>/cancel": ANYBODY,
    "GET portal/bookings/<id>/calendar.ics": ANYBODY,
}
