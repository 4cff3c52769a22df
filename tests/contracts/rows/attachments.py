"""Who may do what at the addresses of `apps.attachments`."""

from tests.contracts.rows.sets import Row

MAY: dict[str, Row] = {}
