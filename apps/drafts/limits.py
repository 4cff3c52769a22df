"""How many drafts one post keeps, how large and for how long."""

from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

declare(
    [
        Parameter("drafts.keep_days", "number", 14, "个人信息保护法 19", low=1, high=90),
        Parameter("drafts.most", "number", 200, "frontend.md §4", low=10, high=2_000),
        Parameter("drafts.kilobytes", "number", 64, "security.md §2.3", low=4, high=512),
    ]
)


def keep_days() -> int:
    """Days after the last saving until a draft is let go of."""
    return parameters.number("drafts.keep_days")


def most() -> int:
    """How many drafts one post may keep at a time."""
    return parameters.number("drafts.most")


def kilobytes() -> int:
    """How much one draft may hold."""
    return parameters.number("drafts.kilobytes")
