"""What a network or a hall may decide differently about the intake (design.md §5)."""

from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

declare(
    [
        Parameter("intake.third_visit", "number", 3, "domain.md C-34", low=2, high=20),
        Parameter("intake.visit_days", "number", 365, "domain.md C-34", low=30, high=1_100),
        Parameter("intake.repeat_days", "number", 90, "domain.md M-21", low=1, high=730),
        Parameter("intake.repeat_review", "number", 3, "济南市12345条例 25", low=1, high=20),
        Parameter("intake.undo_merge_days", "number", 5, "domain.md §2.1", low=0, high=60),
        Parameter("intake.checks_per_hour", "number", 60, "domain.md §4.3", low=1, high=1_000),
        Parameter("intake.notice_version", "text", "2026-1", "个人信息保护法 17"),
        Parameter("intake.sections", "table", {}, "domain.md C-39"),
    ]
)


def third_visit() -> int:
    """The visit at which somebody is told (C-34)."""
    return parameters.number("intake.third_visit")


def visit_days() -> int:
    """How far back visits are counted."""
    return parameters.number("intake.visit_days")


def repeat_days() -> int:
    """Days after the close within which the same matter is a repeat (M-21)."""
    return parameters.number("intake.repeat_days")


def repeat_review() -> int:
    """The repeat of the same matter from which on a chief reviewer decides about it."""
    return parameters.number("intake.repeat_review")


def undo_merge_days() -> int:
    """Working days in which a merge can be undone."""
    return parameters.number("intake.undo_merge_days")


def checks_per_hour() -> int:
    """How often one post may ask who came before."""
    return parameters.number("intake.checks_per_hour")


def notice_version() -> str:
    """The version of the notice about personal information that is read out here."""
    return str(parameters.value("intake.notice_version"))


def sections() -> dict[str, str]:
    """Kind of unit → this hall's department, where their names do not tell."""
    found = parameters.value("intake.sections")
    return {unit: str(name) for unit, name in found.items()} if isinstance(found, dict) else {}
