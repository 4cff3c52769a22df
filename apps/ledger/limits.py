"""What a place decides about its ledger."""

from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

declare(
    [
        Parameter("ledger.bulk_most", "number", 500, "domain.md §1.2 C-38", 1, 2_000),
        Parameter("ledger.export_most", "number", 100_000, "domain.md §1.2 C-38", 1, 1_000_000),
        Parameter("ledger.plain_hours", "number", 24, "security.md §4.2", 1, 240),
        Parameter("ledger.plain_downloads", "number", 3, "security.md §4.2", 1, 20),
        Parameter("ledger.views_most", "number", 50, "domain.md §1.2 C-38", 1, 500),
    ]
)


def bulk_most() -> int:
    """How many cases one act may be done to at once."""
    return parameters.number("ledger.bulk_most")


def export_most() -> int:
    """How many cases one file may hold."""
    return parameters.number("ledger.export_most")


def plain_hours() -> int:
    """How long an approved file with names in plain can be fetched."""
    return parameters.number("ledger.plain_hours")


def plain_downloads() -> int:
    """How often it can be fetched."""
    return parameters.number("ledger.plain_downloads")


def views_most() -> int:
    """How many saved views one person may own."""
    return parameters.number("ledger.views_most")
