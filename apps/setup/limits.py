"""What a place decides about its own set-up."""

from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

declare([Parameter("setup.offered_below", "switch", True, "domain.md §1.2 C-79")])


def offered_below() -> bool:
    """Whether the halls below may take the current hall's configuration over."""
    return parameters.switch("setup.offered_below")
