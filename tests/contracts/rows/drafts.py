"""Who may call what: one's own drafts, taking one's own step back.

The draft here is somebody else's, so it exists for nobody.
"""

from tests.contracts.rows.sets import APPROVERS, COUNTER, ROLES, Row, row

MAY: dict[str, Row] = {
    "GET drafts": ROLES,
    "POST drafts": ROLES,
    "DELETE drafts/<id>": row(),
    "POST cases/<id>/undo": row(COUNTER, APPROVERS),
}
