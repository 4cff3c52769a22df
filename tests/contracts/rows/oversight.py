"""Who may call what: oversight."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
