"""Who may call what: time."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
