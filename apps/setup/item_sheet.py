"""Service items as rows of a sheet: what the headings are called, what a cell may say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bancheng.city.catalogue.keeping import MOST_DAYS
from bancheng.city.catalogue.queries import Material, ServiceItemRef
from bancheng.kernel.sheets.columns import Bounds, Column, Row, RowError, Sheet

BOUNDS = Bounds(rows=10_000)
COLUMNS = (
    Column("code", ("事项编码", "实施编码", "基本编码", "code"), required=True, longest=40),
    Column("name", ("事项名称", "名称", "name"), required=True),
    Column("unit", ("主管部门", "实施部门", "部门", "unit"), longest=80),
    Column("levels", ("行使层级", "层级", "levels"), longest=60),
    Column("limit_days", ("承诺工作日", "承诺办结时限", "limit_days"), longest=20),
    Column("primary", ("主要材料", "primary_materials"), longest=4_000),
    Column("secondary", ("次要材料", "可容缺材料", "secondary_materials"), longest=4_000),
    Column("since", ("生效日期", "since"), longest=20),
    Column("until", ("失效日期", "until"), longest=20),
)
LEVELS = {"state": "国家", "province": "省", "city": "市", "district": "区县", "street": "街道"}
_WORDS = {word: code for code, word in LEVELS.items()} | {
    **{code: code for code in LEVELS},
    **dict.fromkeys(("省级",), "province"),
    **dict.fromkeys(("市级", "设区的市"), "city"),
    **dict.fromkeys(("区", "县", "区级", "县级", "区县级"), "district"),
    **dict.fromkeys(("乡镇", "镇", "乡", "街道级", "乡镇（街道）", "街镇", "村", "社区"), "street"),
}
_HEADS = {column.key: column.head for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item as the sheet wants it; `row` is where it stands."""

    row: int
    item: ServiceItemRef


class _Cell(Exception):
    """A cell that cannot be read: `key` and `code`."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(key, code)
        self.key, self.code = key, code


def wanted_items(
    sheet: Sheet, known: Mapping[str, ServiceItemRef]
) -> tuple[list[Wanted], list[RowError]]:
    """The items of a sheet, and everything that is wrong with its rows.

    A column that the sheet does not have leaves what is known of the item; a cell that is empty
    empties it.
    """
    found: list[Wanted] = []
    errors = list(sheet.errors)
    first: dict[str, int] = {}
    for row in sheet.rows:
        code = row.cells["code"]
        if code in first:
            errors.append(RowError(row.number, _HEADS["code"], "twice"))
            continue
        first[code] = row.number
        try:
            found.append(Wanted(row.number, _item(row, sheet.known, known.get(code))))
        except _Cell as wrong:
            errors.append(RowError(row.number, _HEADS[wrong.key], wrong.code))
    return found, sorted(errors, key=lambda one: one.row)


def _item(row: Row, there: frozenset[str], known: ServiceItemRef | None) -> ServiceItemRef:
    cells = row.cells
    item = replace(known, name=cells["name"]) if known else _new(cells)
    said = {key: read(cells[key]) for key, read in _READ.items() if key in there}
    if {"primary", "secondary"} & there:
        said["materials"] = _materials(cells, there, item)
    item = replace(item, **said)
    if item.since and item.until and item.until < item.since:
        raise _Cell("until", "before_since")
    return item


def _new(cells: Mapping[str, str]) -> ServiceItemRef:
    return ServiceItemRef(cells["code"], cells["name"], "")


def _levels(text: str) -> tuple[str, ...]:
    found = []
    for word in _parts(text, "、,，;；/ \n"):
        if word not in _WORDS:
            raise _Cell("levels", "unknown")
        found.append(_WORDS[word])
    return tuple(level for level in LEVELS if level in found)


def _days(text: str) -> int | None:
    digits = text.removesuffix("个工作日").removesuffix("工作日").strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:6]) <= MOST_DAYS):
        raise _Cell("limit_days", "out_of_range")
    return int(digits)


def _day(key: str) -> Callable[[str], date | None]:
    def read(text: str) -> date | None:
        plain = text.replace("年", "-").replace("月", "-").removesuffix("日")
        parts = plain.replace("/", "-").replace(".", "-").split("-")
        try:
            return date(*(int(part) for part in parts)) if text else None
        except (ValueError, TypeError, OverflowError):
            raise _Cell(key, "invalid") from None

    return read


def _materials(
    cells: Mapping[str, str], there: frozenset[str], item: ServiceItemRef
) -> tuple[Material, ...]:
    found: list[Material] = []
    for key, primary in (("primary", True), ("secondary", False)):
        if key in there:
            found += [Material(name, primary) for name in _parts(cells[key], ";；\n")]
        else:
            found += [one for one in item.materials if one.primary is primary]
    if any(len(one.name) > 120 for one in found):
        raise _Cell("primary", "too_long")
    if len({one.name for one in found}) < len(found):
        raise _Cell("secondary", "twice")
    return tuple(found)


def _parts(text: str, separators: str) -> Iterator[str]:
    for separator in separators:
        text = text.replace(separator, "\n")
    return (part.strip() for part in text.split("\n") if part.strip())


_READ: Mapping[str, Callable[[str], Any]] = {
    "unit": str,
    "levels": _levels,
    "limit_days": _days,
    "since": _day("since"),
    "until": _day("until"),
}


def as_row(item: ServiceItemRef) -> dict[str, str]:
    """An item as the cells of an export, which can be imported again."""
    return {
        "code": item.code,
        "name": item.name,
        "unit": item.unit,
        "levels": "、".join(word for level, word in LEVELS.items() if level in item.levels),
        "limit_days": str(item.limit_days or ""),
        "primary": "；".join(one.name for one in item.materials if one.primary),
        "secondary": "；".join(one.name for one in item.materials if not one.primary),
        "since": item.since.isoformat() if item.since else "",
        "until": item.until.isoformat() if item.until else "",
    }


EXAMPLE = {
    "code": "YJ-MZ-01",
    "name": "（示例）高龄津贴申领",
    "unit": "民政",
    "levels": "区县、街道",
    "limit_days": "10",
    "primary": "申请表；居民身份证",
    "secondary": "银行卡复印件",
    "since": "2026-01-01",
    "until": "",
}
