"""Who may call what: oversight."""

from tests.contracts.rows.sets import ROLES, Row

MAY: dict[str, Row] = {
    "GET notices": ROLES,
    "POST notices/read": ROLES,
}
