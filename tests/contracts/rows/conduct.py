"""Who may call what: conduct."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
