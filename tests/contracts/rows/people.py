"""Who may do what with posts, units and accounts of a hall."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
