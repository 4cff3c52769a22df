"""Who may call what: queue."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
