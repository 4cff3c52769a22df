"""Compare a year's holiday notice with a network's calendar, and take it over once confirmed."""

import argparse
import sys
from pathlib import Path

from apps.policies import queries, services
from bancheng.city.calendar.notices import Notice, notice_of_package, parse_notice
from bancheng.city.calendar.years import DayChange
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import hall
from tenants import directory


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="JSON in the holiday-cn shape, or package:YEAR")
    parser.add_argument("--host", required=True, help="host name of the city's own hall")
    parser.add_argument("--confirm", metavar="SEAL", help="take it over, as the comparison showed")


def run(given: argparse.Namespace) -> int:
    ref = directory.by_host(given.host)
    if ref is None:
        print("not_found host", file=sys.stderr)
        return 1
    try:
        notice = _notice(given.file)
        with hall(ref):
            return _take_over(notice, given.confirm) if given.confirm else _compare(notice)
    except OSError as error:
        print(f"unreadable {error}", file=sys.stderr)
        return 2
    except Refusal as refusal:
        print(f"{refusal.code} {refusal.params}", file=sys.stderr)
        return 1


def _notice(source: str) -> Notice:
    kind, _, year = source.partition(":")
    if kind == "package" and year.isdigit():
        return notice_of_package(int(year))
    return parse_notice(Path(source).read_text(encoding="utf-8"))


def _compare(notice: Notice) -> int:
    found = queries.with_year(notice, SYSTEM)
    for one in found.compared.changes:
        print(_line(one))
    moved = f"{found.moved.total} of {found.moved.looked_at} running clocks of this hall would move"
    print(f"{notice.year}: {len(found.compared.changes)} days differ; {moved}")
    print(f"confirm with: --confirm {found.compared.seal}")
    return 0


def _line(one: DayChange) -> str:
    before, after = one.before, one.after
    return f"{one.day} {one.change:8} {before.kind} {before.name} -> {after.kind} {after.name}"


def _take_over(notice: Notice, seal: str) -> int:
    made = services.publish_year(notice, seal, by=SYSTEM)
    print(f"{notice.year}: {len(made.changes)} days taken over")
    return 0
