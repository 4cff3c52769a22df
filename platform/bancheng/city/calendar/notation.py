"""The written form of a rule: `WD+3`, `WD+5;cutoff=17:30`, `ND+15`, `NH+24`, `WD+3;receipt=B`."""

import re
from datetime import time

from bancheng.city.calendar.errors import BadRule
from bancheng.city.calendar.rules import Receipt, Rule, Unit

_LIMIT = re.compile(r"(WD|ND|WH|NH)\+([0-9]{1,4})")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_OPTIONS = ("cutoff", "receipt")
_ECHO = 60


def parse_rule(text: str) -> Rule:
    """Read a rule; BadRule names the part that means nothing. Spaces around parts are allowed."""
    limit, *options = (part.strip() for part in text.split(";"))
    match = _LIMIT.fullmatch(limit)
    if match is None:
        raise BadRule(reason="notation", value=text[:_ECHO])
    given = _options(options, text)
    return Rule(
        unit=Unit(match[1]),
        amount=int(match[2]),
        cutoff=parse_cutoff(given["cutoff"]) if "cutoff" in given else None,
        receipt=_receipt(given.get("receipt", Receipt.NEXT_DAY_COUNTING.value)),
    )


def format_rule(rule: Rule) -> str:
    """The one canonical form: options only where they differ from the default."""
    parts = [f"{rule.unit.value}+{rule.amount}"]
    if rule.cutoff is not None:
        parts.append(f"cutoff={rule.cutoff:%H:%M}")
    if rule.receipt is not Receipt.NEXT_DAY_COUNTING:
        parts.append(f"receipt={rule.receipt.value}")
    return ";".join(parts)


def _options(options: list[str], text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for option in options:
        key, _, value = (part.strip() for part in option.partition("="))
        if key not in _OPTIONS or key in given:
            raise BadRule(reason="option", value=text[:_ECHO])
        given[key] = value
    return given


def names(text: str, option: str) -> bool:
    """Whether a rule's written form speaks of this option itself."""
    return any(part.strip().startswith(f"{option}=") for part in text.split(";"))


def parse_cutoff(text: str) -> time:
    """Read `17:30`; raises BadRule."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise BadRule(reason="cutoff", value=text[:_ECHO])
    return time(int(match[1]), int(match[2]))


def _receipt(text: str) -> Receipt:
    try:
        return Receipt(text)
    except ValueError:
        raise BadRule(reason="receipt", value=text[:_ECHO]) from None
