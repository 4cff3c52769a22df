"""Halls of a city from a CSV of administrative divisions. Rows already there are left alone.

Two headers are understood: `code,name,level,parent_code` (level city, district or street;
optional `slug` and `host`), and `areaCode,district,street_code,street` as in published lists.
A bad row is reported with its line and does not stop the others.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import Level
from tenants import provisioning
from tenants.models import Hall, Network
from tenants.provisioning import HallExists, NewHall
from tenants.schema_sql import OWNER

_SUFFIX = {
    Level.CITY: "政务服务中心",
    Level.DISTRICT: "政务服务中心",
    Level.STREET: "为民服务中心",
}
_ROOT = "root"
_LEVELS = frozenset(level.value for level in Level)


@dataclass(frozen=True, slots=True)
class Row:
    """One division; `line` is where it stands in the file, 0 for the city itself."""

    line: int
    code: str
    name: str
    level: str
    parent_code: str
    slug: str = ""
    host: str = ""


class BadRow(Refusal):
    """A row that cannot become a hall."""

    code = "import.bad_row"
    status = 422


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--network", required=True, help="slug of the network")
    parser.add_argument("--name", required=True, help="name of the city")
    parser.add_argument("--domain", default="localhost", help="halls answer at <slug>.<domain>")


def run(given: argparse.Namespace) -> int:
    try:
        with given.file.open(encoding="utf-8-sig", newline="") as file:
            rows = list(read(file, given.name))
    except (OSError, UnicodeDecodeError, csv.Error, BadRow) as error:
        print(f"import.unreadable: {error}", file=sys.stderr)
        return 2
    network = provisioning.open_network(slug=given.network, name=given.name)
    made, kept, bad = 0, 0, 0
    shown = Console(stderr=True)
    for row in track(rows, "halls", transient=True, console=shown, disable=not shown.is_terminal):
        try:
            made, kept = (made + 1, kept) if _open(network, row, given.domain) else (made, kept + 1)
        except Refusal as refusal:
            bad += 1
            print(f"line {row.line}: {refusal.code} {refusal.params}", file=sys.stderr)
    print(f"{made} halls opened, {kept} were there, {bad} rows refused")
    return 2 if bad else 0


def read(lines: Iterator[str], city: str) -> Iterator[Row]:
    """The divisions of a file, parents before children; raises BadRow for an unknown header."""
    table = csv.DictReader(lines)
    columns = set(table.fieldnames or ())
    if {"code", "name", "level", "parent_code"} <= columns:
        order = {Level.CITY.value: 0, Level.DISTRICT.value: 1}
        rows = [_plain(row, table.line_num) for row in table]
        yield from sorted(rows, key=lambda row: order.get(row.level, 2))
    elif {"areaCode", "district", "street_code", "street"} <= columns:
        yield from _streets(table, city)
    else:
        raise BadRow(header=sorted(columns))


def _texts(row: dict[str, str]) -> dict[str, str]:
    """The cells of a line without spaces around; cells that are missing are empty."""
    return {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}


def _plain(row: dict[str, str], line: int) -> Row:
    text = _texts(row)
    return Row(
        line,
        text["code"],
        text["name"],
        text["level"],
        text["parent_code"],
        text.get("slug", ""),
        text.get("host", ""),
    )


def _streets(table: "csv.DictReader[str]", city: str) -> Iterator[Row]:
    yield Row(0, _ROOT, city, Level.CITY, "")
    districts: set[str] = set()
    for cells in table:
        row = _texts(cells)
        if row["areaCode"] not in districts:
            districts.add(row["areaCode"])
            yield Row(table.line_num, row["areaCode"], row["district"], Level.DISTRICT, _ROOT)
        yield Row(table.line_num, row["street_code"], row["street"], Level.STREET, row["areaCode"])


def _open(network: Network, row: Row, domain: str) -> bool:
    """True when the hall was new."""
    halls = Hall.objects.using(OWNER).filter(network=network)
    if halls.filter(division_code=row.code).exists():
        return False
    if not (row.code.isascii() and row.code.isalnum()) or not row.name or row.level not in _LEVELS:
        raise BadRow(code=row.code, name=row.name, level=row.level)
    above = halls.filter(division_code=row.parent_code).first() if row.parent_code else None
    if row.parent_code and above is None:
        raise provisioning.WrongParent(code=row.code, parent_code=row.parent_code)
    slug = (row.slug or f"{network.slug}-{row.code}").lower()
    level = Level(row.level)
    wanted = NewHall(
        slug=slug,
        name=row.name + _SUFFIX[level],
        level=level,
        host=(row.host or f"{slug}.{domain}").lower(),
        parent=above.id if above else None,
        division_code=row.code,
    )
    try:
        provisioning.open_hall(network=network, wanted=wanted)
    except HallExists as taken:
        raise BadRow(code=row.code, **taken.params) from taken
    return True
