"""Who may do what at the addresses of `apps.attachments`: who sees the subject sees its files, who
works on it adds to them. The file of the rows was added by a shift lead: managers take it back.
The draft is somebody else's."""

from tests.contracts.rows.sets import ANYBODY, COUNTER, DESK, READS_CASES, UNIT, Row, row

MANAGERS = row("shift_lead", "hall_admin", "district_admin", "city_admin")
ALL_ABOVE = row("district_admin", "city_admin", "supervisor")

MAY: dict[str, Row] = {
    "GET cases/<id>/attachments": row(READS_CASES, UNIT),
    "POST cases/<id>/attachments": row(COUNTER, UNIT, MANAGERS),
    "GET work/<id>/attachments": row(READS_CASES, UNIT),
    "POST work/<id>/attachments": row(COUNTER, UNIT, ALL_ABOVE),
    "GET meetings/<id>/attachments": row(READS_CASES, UNIT),
    "POST meetings/<id>/attachments": row(DESK, UNIT, ALL_ABOVE),
    "GET drafts/<id>/attachments": row(),
    "POST drafts/<id>/attachments": row(),
    "GET conduct/<id>/attachments": row("supervisor", "discipline_observer"),
    "POST conduct/<id>/attachments": row("supervisor"),
    "GET attachments/<id>/content": row(READS_CASES, UNIT),
    "POST attachments/<id>/withdraw": MANAGERS,
    "POST portal/attachments": ANYBODY,
}
