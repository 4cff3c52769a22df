"""Who may call what: accountability."""

from tests.contracts.rows.sets import ANYBODY, APPROVERS, COUNTER, READS_CASES, UNIT, Row, row

MAY: dict[str, Row] = {
    "POST cases/<id>/designate": APPROVERS,
    "POST cases/<id>/assist-sign": UNIT,
    "POST cases/<id>/assist-reply": UNIT,
    "POST cases/<id>/hand-over": COUNTER,
    "POST cases/<id>/hand-over-answer": COUNTER,
    "POST cases/<id>/report-up": row(COUNTER, UNIT),
    "POST cases/<id>/report-up-answer": row(APPROVERS, "dept_lead"),
    "POST cases/<id>/explanation": row(COUNTER, UNIT),
    "POST cases/<id>/appeal": COUNTER,
    "POST cases/<id>/appeal-answer": APPROVERS,
    "GET cases/<id>/closing-checklist": row(READS_CASES, UNIT),
    "POST portal/answer": ANYBODY,
    "POST portal/appeal": ANYBODY,
}
