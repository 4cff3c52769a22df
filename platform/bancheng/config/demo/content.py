"""The demonstration city as typed data: `load()` reads content/ once and trusts nothing in it.

What the records mean follows domain.md: §2.4 and §2.7 for code lists, §3.7 for queues, §4.1 for
roles, §7 for the cases and the shape of a year. Whether references
resolve is asked by tests/demo.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from apps.cases.rules import ReceptionOutcome, Urgency
from bancheng.config.demo.reading import BadContent, Raw, build, entries, mapping, parse, value
from bancheng.config.demo.shapes import Shapes, Template
from bancheng.config.demo.steps import Step, read_step
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import Level

FOLDER = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Network:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """A unit of one hall; `code` is shared by the same kind of unit in other halls."""

    code: str
    name: str
    duty_phone: str


@dataclass(frozen=True, slots=True)
class Queue:
    """`slots` is how many may book one slot of an appointment."""

    prefix: str
    name: str
    group: str = ""
    slots: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    number: int
    name: str
    kind: Literal["integrated", "specialist", "guidance", "desk"]
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A post and the invented person who holds it; the password is made at seeding."""

    username: str
    name: str
    roles: tuple[Role, ...]
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Hall:
    slug: str
    name: str
    short: str
    level: Level
    kind: Literal["main", "branch", "station"]
    parent: str | None
    peer_group: str
    desk_name: str
    departments: tuple[Department, ...]
    queues: tuple[Queue, ...]
    windows: tuple[Window, ...]
    staff: tuple[Person, ...]

    def holders(self, role: Role, department: str | None = None) -> tuple[Person, ...]:
        """Who holds the role here; for department roles, in that unit only."""
        return tuple(
            p
            for p in self.staff
            if role in p.roles and (department is None or p.department == department)
        )


@dataclass(frozen=True, slots=True)
class Label:
    zh_cn: str
    zh_tw: str
    en: str


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ServiceItem:
    code: str
    name: str
    unit: str
    levels: tuple[Literal["province", "city", "district", "street"], ...]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A verbatim article; `version` is the date of the text it was taken from."""

    code: str
    title: str
    version: str
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Tried:
    name: str
    result: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """An invented person. Numbers are synthetic: the area code 990101 does not exist."""

    name: str
    phone: str
    id_number: str
    kind: Literal["person", "enterprise", "sole_trader", "other"]
    relation: Literal["self", "family", "agent"]
    enterprise_name: str | None = None


@dataclass(frozen=True, slots=True)
class CaseScript:
    """A case from registration to where it stands on the demonstration day.

    `ago` counts working days before that day, `minute` working minutes after opening.
    """

    case: int
    hall: str
    ago: int
    minute: int
    item: str
    title: str
    detail: str
    want: str
    applicant: Applicant
    visit_count: int
    tried: tuple[Tried, ...]
    blocked_stage: str
    steps: tuple[Step, ...]
    pushed_from: str | None = None
    urgency: Urgency = Urgency.NORMAL
    wanted_in: int | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class ReceptionScript:
    """A visit that ends without a case; `row` is the row of domain.md §7, or above 100."""

    row: int
    hall: str
    ago: int
    minute: int
    matter: str
    applicant_kind: Literal["person", "enterprise", "sole_trader", "other"]
    visit_count: int
    ordinary_window_tried: Literal["yes", "no", "unknown"]
    outcome: ReceptionOutcome
    note: str
    item: str | None = None
    tried: tuple[Tried, ...] = ()
    exemption: str | None = None
    reason_code: str | None = None
    right_channel: str | None = None


@dataclass(frozen=True, slots=True)
class DemoContent:
    """Everything the demonstration consists of. `catalogue` is code list → code → label."""

    network: Network
    halls: Mapping[str, Hall]
    catalogue: Mapping[str, Mapping[str, Label]]
    units: Mapping[str, Unit]
    items: Mapping[str, ServiceItem]
    legal_bases: Mapping[str, LegalBasis]
    cases: tuple[CaseScript, ...]
    receptions: tuple[ReceptionScript, ...]
    templates: tuple[Template, ...]
    shapes: Shapes


@cache
def load(folder: Path = FOLDER) -> DemoContent:
    """The content, read once; raises BadContent with file and place when something is wrong."""
    services = mapping(parse(folder / "service_items.yml"), "service_items.yml")
    halls = [
        build(Hall, parse(path), f"halls/{path.name}")
        for path in sorted((folder / "halls").glob("*.yml"))
    ]
    return DemoContent(
        network=build(Network, parse(folder / "network.yml"), "network.yml"),
        halls={hall.slug: hall for hall in halls},
        catalogue=_catalogue(parse(folder / "catalogue.yml")),
        units={u.code: u for u in value(tuple[Unit, ...], services["units"], "units")},
        items={i.code: i for i in value(tuple[ServiceItem, ...], services["items"], "items")},
        legal_bases={
            b.code: b
            for b in value(tuple[LegalBasis, ...], parse(folder / "legal_bases.yml"), "legal_bases")
        },
        cases=_cases(folder / "cases"),
        receptions=value(
            tuple[ReceptionScript, ...], parse(folder / "receptions.yml"), "receptions"
        ),
        templates=value(tuple[Template, ...], parse(folder / "templates.yml"), "templates"),
        shapes=build(Shapes, parse(folder / "shapes.yml"), "shapes"),
    )


def _catalogue(raw: Raw) -> dict[str, dict[str, Label]]:
    return {
        name: {
            code: _label(labels, f"catalogue.{name}.{code}")
            for code, labels in mapping(codes, name).items()
        }
        for name, codes in mapping(raw, "catalogue").items()
    }


def _label(raw: Raw, where: str) -> Label:
    words = value(tuple[str, ...], raw, where)
    if len(words) != 3 or not all(words):
        raise BadContent(where, "three labels are needed: zh-CN, zh-TW, en")
    return Label(*words)


def _cases(folder: Path) -> tuple[CaseScript, ...]:
    scripts = [
        _case(dict(mapping(raw, path.name)), path.name)
        for path in sorted(folder.glob("*.yml"))
        for raw in entries(parse(path), path.name)
    ]
    return tuple(sorted(scripts, key=lambda script: script.case))


def _case(raw: dict[str, Raw], where: str) -> CaseScript:
    """Steps are read by their own kind, the rest by the declared types."""
    place = f"{where} case {raw.get('case')}"
    steps = tuple(
        read_step(one, f"{place} step {i}")
        for i, one in enumerate(entries(raw.pop("steps", []), place))
    )
    return build(CaseScript, raw, place, steps=steps)
