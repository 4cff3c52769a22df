"""What a place decides for itself about files (security.md §2.3; ASVS 5.1.1, 5.2.4)."""

from apps.attachments.rules import KINDS, Kind
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

_SOURCE = "GB/T 22239-2019 8.1.4.4"
MB = 1024 * 1024
declare(
    [
        Parameter("attachments.kinds", "codes", list(KINDS), _SOURCE, options=tuple(KINDS)),
        Parameter("attachments.image_mb", "number", 10, _SOURCE, low=1, high=30),
        Parameter("attachments.pdf_mb", "number", 20, _SOURCE, low=1, high=50),
        Parameter("attachments.office_mb", "number", 10, _SOURCE, low=1, high=30),
        Parameter("attachments.text_mb", "number", 1, _SOURCE, low=1, high=5),
        Parameter("attachments.most", "number", 50, _SOURCE, low=1, high=500),
        Parameter("attachments.total_mb", "number", 200, _SOURCE, low=10, high=2_000),
        Parameter("attachments.withdraw_hours", "number", 24, "§2.9", low=0, high=720),
        Parameter("attachments.from_citizens", "switch", True, "§3.5"),
        Parameter("attachments.most_from_citizen", "number", 10, _SOURCE, low=1, high=50),
    ]
)


def kinds() -> tuple[str, ...]:
    """The codes of the kinds that are taken in here."""
    return parameters.codes("attachments.kinds")


def most_mb(kind: Kind) -> int:
    """How large a file of this kind may be."""
    return parameters.number(f"attachments.{kind.family}_mb")


def most_files(*, citizen: bool) -> int:
    """How many may lie under one subject; a citizen adds no more than a few of them."""
    name = "most_from_citizen" if citizen else "most"
    return parameters.number(f"attachments.{name}")


def total_mb() -> int:
    """How much may lie under one subject."""
    return parameters.number("attachments.total_mb")


def withdraw_hours() -> int:
    """For how long who added a file may take it back."""
    return parameters.number("attachments.withdraw_hours")


def from_citizens() -> bool:
    """Whether people may send files from the page of their case."""
    return parameters.switch("attachments.from_citizens")
