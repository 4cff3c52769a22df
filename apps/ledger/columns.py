"""The 67 columns in the order of domain.md §2.6, which is also the order of every file."""

from collections.abc import Iterable, Sequence

from apps.ledger import columns_handling, columns_intake, columns_result
from apps.ledger.column import Column
from bancheng.kernel.errors import Invalid

COLUMNS: tuple[Column, ...] = (
    *columns_intake.COLUMNS,
    *columns_handling.COLUMNS,
    *columns_result.COLUMNS,
)
BY_KEY = {column.key: column for column in COLUMNS}
FIRST_LOOK = (
    "case_no",
    "registered_at",
    "first_responder",
    "applicant",
    "service_item",
    "summary",
    "cause",
    "lead_unit",
    "due_on",
    "outcome",
    "closed_at",
    "in_time",
    "cards",
    "archived_at",
    "remark",
)
"""What is shown to somebody who chose nothing."""


def chosen(keys: Sequence[str]) -> list[Column]:
    """The named columns in the ledger's order, each once; raises Invalid for a key that is none."""
    if set(keys) - BY_KEY.keys():
        raise Invalid(errors={"columns": ["unknown"]})
    return [column for column in COLUMNS if column.key in set(keys)]


def needs(columns: Iterable[Column]) -> frozenset[str]:
    """What has to be read for these columns."""
    return frozenset().union(*(column.needs for column in columns))
