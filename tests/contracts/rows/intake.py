"""Who may call what: intake."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
