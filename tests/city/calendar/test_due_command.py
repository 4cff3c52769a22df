"""`bancheng due`: one JSON answer per request, refusals by code in their own line."""

import io
import json
import subprocess
import sys

import pytest

from bancheng.city.calendar.due_command import run


def ask(*args: str, given: str = "") -> tuple[int, list[dict[str, object]], str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    status = run(list(args), io.StringIO(given), stdout, stderr)
    return status, [json.loads(line) for line in stdout.getvalue().splitlines()], stderr.getvalue()


def error_codes(answers: list[dict[str, object]]) -> list[str | None]:
    errors = [answer.get("error") for answer in answers]
    return [error["code"] if isinstance(error, dict) else None for error in errors]


def test_one_request_answers_date_moment_and_ruler() -> None:
    status, answers, _ = ask("2026-03-06", "WD+1")

    assert status == 0
    assert answers == [
        {
            "due_on": "2026-03-09",
            "due_at": "2026-03-09T17:30:00+08:00",
            "counted": ["2026-03-09"],
            "skipped": [
                {"day": "2026-03-06", "reason": "start_day_not_counted"},
                {"day": "2026-03-07", "reason": "weekend"},
                {"day": "2026-03-08", "reason": "weekend"},
            ],
            "provisional": False,
        }
    ]


@pytest.mark.parametrize(
    ("start", "due_at"),
    [
        ("2026-03-06", "2026-03-06T10:30:00+08:00"),
        ("2026-03-06T09:00", "2026-03-06T11:00:00+08:00"),
        ("2026-03-06 09:00", "2026-03-06T11:00:00+08:00"),
        ("2026-03-06T01:00:00Z", "2026-03-06T11:00:00+08:00"),
        ("2026-03-06T10:00+09:00", "2026-03-06T11:00:00+08:00"),
    ],
)
def test_a_start_is_a_date_at_opening_or_a_moment_in_any_zone(start: str, due_at: str) -> None:
    _, [answer], _ = ask(start, "WH+2")

    assert (answer["due_at"], answer["counted"]) == (due_at, ["2026-03-06"])


def test_a_year_without_a_notice_is_marked() -> None:
    _, [answer], _ = ask("2026-12-31", "WD+1")

    assert (answer["due_on"], answer["provisional"]) == ("2027-01-01", True)


def test_a_bad_line_is_refused_in_its_place_and_the_others_are_answered() -> None:
    given = (
        "2026-03-06\tWD+1\n"
        "no tab\n"
        "2026-13-01\tWD+1\n"
        "2026-03-06\tWD-1\n"
        "\n"
        "1900-01-01\tWD+1\n"
        f"2026-03-06\tWD+1{' ' * 600};cutoff=09:00\n"
        "\ufeff2026-03-06\tWD+1\r\n"
        "2026-03-06\tWD+1"
    )

    status, answers, _ = ask("-", given=given)

    assert status == 2
    assert error_codes(answers) == [
        None,
        "calendar.bad_line",
        "calendar.bad_start",
        "calendar.bad_rule",
        "calendar.bad_line",
        "calendar.out_of_range",
        "calendar.bad_line",
        "calendar.bad_start",
        None,
    ]
    assert answers[3]["error"] == {
        "code": "calendar.bad_rule",
        "params": {"reason": "notation", "value": "WD-1"},
        "line": 4,
    }
    assert answers[8]["due_on"] == "2026-03-09"


def test_no_lines_are_no_answers_and_no_fault() -> None:
    assert ask("-") == (0, [], "")


@pytest.mark.parametrize("args", [(), ("2026-03-06",), ("2026-03-06", "WD+1", "x")])
def test_a_wrong_call_says_how_to_call(args: tuple[str, ...]) -> None:
    status, answers, stderr = ask(*args)

    assert (status, answers) == (2, [])
    assert stderr.startswith("usage: bancheng due START RULE")


def test_a_single_bad_request_answers_its_code() -> None:
    status, answers, _ = ask("tomorrow", "WD+1")

    assert (status, answers) == (
        2,
        [{"error": {"code": "calendar.bad_start", "params": {"value": "tomorrow"}}}],
    )


CALL = """
import sys
from bancheng.city.calendar.due_command import run
status = run(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr)
assert not any(name.split(".")[0] == "django" for name in sys.modules)
sys.exit(status)
"""


def test_a_real_process_needs_no_django_and_survives_bytes_that_are_no_text() -> None:
    given = b"\xef\xbb\xbf2026-02-13\tWD+2\n\xff\xfe\tWD+1\n2026-02-13\tWD+1\n"

    done = subprocess.run(
        [sys.executable, "-c", CALL, "-"], input=given, capture_output=True, timeout=30, check=False
    )

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (2, b"")
    assert error_codes(answers) == [None, "calendar.bad_start", None]
    assert [answers[0]["due_on"], answers[2]["due_on"]] == ["2026-02-24", "2026-02-14"]
