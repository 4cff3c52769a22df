"""A written rule says one thing, in one canonical form; anything else is refused by code."""

from datetime import time

import pytest

from bancheng.city.calendar.errors import BadRule
from bancheng.city.calendar.notation import format_rule, parse_rule
from bancheng.city.calendar.rules import Receipt, Rule, Unit


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("WD+3", Rule(Unit.WORKING_DAYS, 3)),
        ("WD+0", Rule(Unit.WORKING_DAYS, 0)),
        ("ND+15", Rule(Unit.NATURAL_DAYS, 15)),
        ("WH+4", Rule(Unit.WORKING_HOURS, 4)),
        ("NH+24", Rule(Unit.NATURAL_HOURS, 24)),
        ("WD+5;cutoff=17:30", Rule(Unit.WORKING_DAYS, 5, cutoff=time(17, 30))),
        ("WD+3;receipt=B", Rule(Unit.WORKING_DAYS, 3, receipt=Receipt.NEXT_OPENING)),
        (
            "WD+3;cutoff=09:00;receipt=B",
            Rule(Unit.WORKING_DAYS, 3, time(9), Receipt.NEXT_OPENING),
        ),
    ],
)
def test_a_notation_reads_and_writes_back_the_same(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule
    assert format_rule(rule) == text


def test_spaces_order_and_the_default_receipt_do_not_change_the_rule() -> None:
    rule = parse_rule(" WD+05 ; receipt = A ; cutoff=17:30 ")

    assert format_rule(rule) == "WD+5;cutoff=17:30"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "notation"),
        ("WD", "notation"),
        ("WD3", "notation"),
        ("wd+3", "notation"),
        ("WD+-1", "notation"),
        ("WD+1.5", "notation"),
        ("WD+３", "notation"),
        ("XX+3", "notation"),
        ("WD+3 days", "notation"),
        ("WD+99999", "notation"),
        ("WD+9999", "amount"),
        ("ND+0", "amount"),
        ("WH+0", "amount"),
        ("NH+0", "amount"),
        ("WD+3;", "option"),
        ("WD+3;cutof=17:30", "option"),
        ("WD+3;cutoff=17:30;cutoff=17:30", "option"),
        ("WD+3;cutoff=25:00", "cutoff"),
        ("WD+3;cutoff=24:00", "cutoff"),
        ("WD+3;cutoff=9:00", "cutoff"),
        ("WD+3;cutoff", "cutoff"),
        ("WD+3;receipt=C", "receipt"),
    ],
)
def test_a_notation_that_means_nothing_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadRule) as refusal:
        parse_rule(text)

    assert isinstance(refusal.value, ValueError)
    assert (refusal.value.code, refusal.value.params["reason"]) == ("calendar.bad_rule", reason)


def test_a_cutoff_is_a_whole_minute() -> None:
    with pytest.raises(BadRule):
        Rule(Unit.WORKING_DAYS, 3, cutoff=time(17, 30, 1))
