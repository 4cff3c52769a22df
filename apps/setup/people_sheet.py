"""People as rows of a sheet (C-83): who is taken on, with which roles, in which department."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from apps.staff import hiring
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Refusal
from bancheng.kernel.sheets.columns import Bounds, Column, Row, RowError
from bancheng.kernel.sheets.reading import read

BOUNDS = Bounds(rows=10_000)
COLUMNS = (
    Column("name", ("姓名", "name"), required=True, longest=40),
    Column("username", ("用户名", "登录名", "账号", "username"), required=True, longest=40),
    Column("roles", ("岗位角色", "角色", "岗位", "roles"), required=True),
    Column("department", ("科室", "部门", "department"), longest=80),
)
ROLES = {
    Role.DESK_OFFICER: "窗口专员",
    Role.WINDOW_CLERK: "窗口人员",
    Role.DEPT_HANDLER: "部门经办人",
    Role.DEPT_LEAD: "部门负责人",
    Role.SHIFT_LEAD: "值班长",
    Role.HALL_ADMIN: "大厅管理员",
    Role.DISTRICT_ADMIN: "区级管理员",
    Role.CITY_ADMIN: "市级管理员",
    Role.SUPERVISOR: "督查人员",
    Role.ASSISTANT: "帮办员",
    Role.GUIDANCE_OFFICER: "导办员",
    Role.GREETER: "迎宾引导员",
    Role.DISCIPLINE_OBSERVER: "纪检观察员",
    Role.ANALYST: "分析员",
}
_WORDS = {word: role for role, word in ROLES.items()} | {role.value: role for role in Role}
_HEADS = {column.key: column.head for column in COLUMNS}
EXAMPLE = {"name": "（示例）林小禾", "username": "linxiaohe", "roles": "窗口人员、导办员"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a sheet wants to take on; `row` is where."""

    row: int
    name: str
    username: str
    roles: tuple[str, ...]
    department: str

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would be taken on, how many are here already under the same name, what is wrong."""

    people: tuple[Person, ...]
    unchanged: int
    errors: tuple[RowError, ...]
    ignored: tuple[str, ...]


def plan(content: bytes, *, by: Actor) -> Plan:
    """Read a sheet and compare it with the people there are. Raises what reading it raises."""
    sheet = read(content, COLUMNS, BOUNDS)
    known, units = hiring.known(), hiring.units()
    wanted: list[Person] = []
    errors, seen, same = list(sheet.errors), set[str](), 0
    for row in sheet.rows:
        person = _person(row)
        there = known.get(person.username)
        found = list(_problems(row, person, there, units, by))
        found += [_wrong(row, "username", "twice")] if person.username in seen else []
        seen.add(person.username)
        errors += found
        if not found and there is not None:
            same += 1
        elif not found:
            wanted.append(person)
    return Plan(tuple(wanted), same, tuple(sorted(errors, key=lambda one: one.row)), sheet.ignored)


def _person(row: Row) -> Person:
    cells = row.cells
    words = cells["roles"]
    for separator in "，,;；/ \n":
        words = words.replace(separator, "、")
    roles = [word.strip() for word in words.split("、") if word.strip()]
    codes = tuple(dict.fromkeys(_WORDS.get(word, word) for word in roles))
    return Person(row.number, cells["name"], cells["username"], codes, cells["department"])


def _problems(
    row: Row,
    person: Person,
    there: hiring.Known | None,
    units: Mapping[str, object],
    by: Actor,
) -> Iterator[RowError]:
    if there is not None:
        code = "ended" if there.ended else "" if there.name == person.name else "other_person"
        if code:
            yield _wrong(row, "username", code)
        return
    if not hiring.is_username(person.username):
        yield _wrong(row, "username", "bad_username")
    if person.department and person.department not in units:
        yield _wrong(row, "department", "unknown")
    if not set(person.roles) <= set(Role):
        yield _wrong(row, "roles", "unknown")
        return
    try:
        hiring.require_fit(map(Role, person.roles), in_a_unit=bool(person.department), by=by)
    except Refusal as refusal:
        yield _wrong(row, "roles", refusal.code)


def _wrong(row: Row, key: str, code: str) -> RowError:
    return RowError(row.number, _HEADS[key], code)
