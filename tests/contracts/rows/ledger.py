"""Who may do what at the addresses of `apps.ledger`."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
