"""Who may call what: accountability."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
