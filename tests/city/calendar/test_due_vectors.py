"""The published vectors: 13 of domain.md §3.8 and 20 with the days that count.

Each goes through the engine and through `bancheng due`.
"""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.due_command import run
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.moments import parse_start
from bancheng.city.calendar.notation import parse_rule

CALENDAR, HOURS = Calendar.published(), Hours()
CASES = Path(__file__).with_name("data") / "deadline_cases_20.csv"
VECTORS = [
    ("2026-02-12", "WD+2", "2026-02-14"),
    ("2026-02-12", "WD+3", "2026-02-24"),
    ("2026-02-13", "WD+2", "2026-02-24"),
    ("2026-02-14", "WD+3", "2026-02-26"),
    ("2026-04-30", "WD+3", "2026-05-08"),
    ("2026-09-18", "WD+2", "2026-09-21"),
    ("2026-09-24", "WD+3", "2026-09-30"),
    ("2026-09-30", "WD+5", "2026-10-13"),
    ("2025-01-24", "WD+3", "2025-02-05"),
    ("2025-09-30", "WD+5", "2025-10-14"),
    ("2025-12-31", "WD+2", "2026-01-05"),
    ("2026-03-02", "WD+10", "2026-03-16"),
    ("2026-02-21", "WD+2", "2026-02-25"),
    ("2026-02-21", "WD+2;receipt=B", "2026-02-26"),
]


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted_dates(case: dict[str, str]) -> list[date]:
    """The case's `01-21 01-22` as dates: a month before the start's lies in the next year."""
    start = date.fromisoformat(case["start_beijing"][:10])
    days = [date.fromisoformat(f"{start.year}-{text}") for text in case["counted_days"].split()]
    return [day if day > start else day.replace(year=start.year + 1) for day in days]


@pytest.mark.parametrize(("start", "rule", "expected"), VECTORS)
def test_a_vector_is_due_at_close_of_business_of_its_day(
    start: str, rule: str, expected: str
) -> None:
    deadline = due(parse_start(start, HOURS), parse_rule(rule), CALENDAR, HOURS)

    assert deadline.due_on.isoformat() == expected
    assert deadline.due_at.isoformat() == f"{expected}T17:30:00+08:00"
    assert not deadline.provisional


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"case-{case['case']}")
def test_a_case_is_due_on_its_day_and_counts_its_days(case: dict[str, str]) -> None:
    start = datetime.fromisoformat(case["start_ts"])

    deadline = due(start, parse_rule(case["rule"]), CALENDAR, HOURS)

    assert deadline.due_on.isoformat() == case["expected_due_date"]
    assert [step.day for step in deadline.steps if step.counted] == counted_dates(case)
    elapsed = deadline.due_on - date.fromisoformat(case["effective_receipt_date"])
    assert elapsed.days == int(case["calendar_days_from_receipt"])


def test_the_command_answers_all_vectors_and_cases_in_one_run() -> None:
    lines = [(start, rule) for start, rule, _ in VECTORS]
    lines += [(case["start_ts"], case["rule"]) for case in cases()]
    given = io.StringIO("".join(f"{start}\t{rule}\n" for start, rule in lines))
    answered = io.StringIO()

    status = run(["-"], given, answered, io.StringIO())

    answers = [json.loads(line) for line in answered.getvalue().splitlines()]
    expected = [day for _, _, day in VECTORS] + [case["expected_due_date"] for case in cases()]
    assert (status, [answer["due_on"] for answer in answers]) == (0, expected)
    assert [answer["counted"] for answer in answers[len(VECTORS) :]] == [
        [day.isoformat() for day in counted_dates(case)] for case in cases()
    ]


def test_the_ruler_says_of_every_day_why_it_counted_or_not() -> None:
    start = parse_start("2026-02-13", HOURS)

    steps = due(start, parse_rule("WD+2"), CALENDAR, HOURS).steps

    assert [(s.day.isoformat()[5:], s.counted, s.coded_reason, s.running) for s in steps] == [
        ("02-13", False, "start_day_not_counted", 0),
        ("02-14", True, "make_up:春节", 1),
        *((f"02-{day}", False, "holiday:春节", 1) for day in range(15, 24)),
        ("02-24", True, "working", 2),
    ]
