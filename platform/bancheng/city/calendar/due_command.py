"""`bancheng due START RULE` and `bancheng due -`: due dates as JSON lines.

It answers from the published calendar and the default hours, without Django or a database.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.errors import BadLine, CalendarRefusal
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.moments import parse_start
from bancheng.city.calendar.notation import parse_rule

USAGE = """\
usage: bancheng due START RULE
       bancheng due -            read START<TAB>RULE lines, answer one JSON object per line

START  an ISO date (received at that day's opening, 08:30) or an ISO date and time;
       without a time zone it is Asia/Shanghai
RULE   WD+n working days, ND+n natural days, WH+n working hours, NH+n natural hours,
       then optionally ;cutoff=HH:MM and ;receipt=A|B      e.g. WD+5;cutoff=17:30
"""
LONGEST_LINE = 500
OK, BAD_INPUT = 0, 2

Answer = Mapping[str, object]


def run(args: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer one request, or one per line of `stdin`; 0, or 2 when any of them was refused.

    A refused line answers `{"error": {"code", "params", "line"}}` in its place, and the lines
    after it are still answered, so that answers and lines stay side by side.
    """
    if args in (["-h"], ["--help"]):
        stdout.write(USAGE)
        return OK
    calendar, hours = Calendar.published(), Hours()
    if args == ["-"]:
        answers = (_answer_line(line, calendar, hours) for line in _lines(stdin))
        return _write(answers, stdout, numbered=True)
    if len(args) != 2:
        stderr.write(USAGE)
        return BAD_INPUT
    return _write([_answer(args[0], args[1], calendar, hours)], stdout, numbered=False)


def _write(answers: Iterator[Answer] | Sequence[Answer], stdout: TextIO, *, numbered: bool) -> int:
    status = OK
    plain = (stdout.encoding or "utf-8").lower().replace("-", "") == "utf8"
    for number, answer in enumerate(answers, start=1):
        error = answer.get("error")
        if isinstance(error, dict):
            status = BAD_INPUT
            answer = {"error": {**error, "line": number} if numbered else error}
        stdout.write(json.dumps(answer, ensure_ascii=not plain) + "\n")
    return status


def _lines(stdin: TextIO) -> Iterator[str]:
    """Lines of bounded length; bytes that are no text become a refused line, not a crash."""
    reconfigure = getattr(stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8-sig", errors="replace")
    while line := stdin.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith("\n"):
            rest = stdin.readline(LONGEST_LINE)
        yield line.rstrip("\r\n")


def _answer_line(line: str, calendar: Calendar, hours: Hours) -> Answer:
    if len(line) >= LONGEST_LINE:
        return _refusal(BadLine(longest=LONGEST_LINE - 1))
    fields = line.split("\t")
    if len(fields) != 2:
        return _refusal(BadLine(fields=len(fields)))
    return _answer(fields[0], fields[1], calendar, hours)


def _answer(start: str, rule: str, calendar: Calendar, hours: Hours) -> Answer:
    try:
        deadline = due(parse_start(start, hours), parse_rule(rule), calendar, hours)
    except CalendarRefusal as refusal:
        return _refusal(refusal)
    return {
        "due_on": deadline.due_on.isoformat(),
        "due_at": deadline.due_at.isoformat(),
        "counted": [step.day.isoformat() for step in deadline.steps if step.counted],
        "skipped": [
            {"day": step.day.isoformat(), "reason": step.coded_reason}
            for step in deadline.steps
            if not step.counted
        ],
        "provisional": deadline.provisional,
    }


def _refusal(refusal: CalendarRefusal) -> Answer:
    params = {key: _printable(value) for key, value in refusal.params.items()}
    return {"error": {"code": refusal.code, "params": params}}


def _printable(value: object) -> object:
    """Arguments may hold bytes that are no text; an answer always can be written."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
