"""Who may call what: work."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
