"""Who may call what: appointments."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
