"""Opening the demo city: halls, departments, people, queues, windows, catalogue."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from apps.staff import queries as staff_queries
from apps.staff import services as staff
from apps.windows import services as windows
from apps.windows.rules import WindowKind
from bancheng.city.catalogue import authority
from bancheng.city.catalogue import services as catalogue
from bancheng.city.catalogue.authority import Decider, Evidence
from bancheng.city.catalogue.queries import LegalBasisRef, Material, ServiceItemRef
from bancheng.city.identity import accounts
from bancheng.config.demo.content import DemoContent, Hall
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, Level, hall
from bancheng.services.audit import chain as audit
from tenants import directory, provisioning
from tenants.models import Network
from tenants.provisioning import NewHall

DOMAIN = "localhost"
_HEIGHT = {Level.CITY: 0, Level.DISTRICT: 1, Level.STREET: 2}


@dataclass(slots=True)
class OpenHall:
    """A hall of the demo with the ids its content got."""

    script: Hall
    ref: HallRef
    departments: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    queues: dict[str, UUID] = field(default_factory=dict)
    windows: dict[int, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    display: str = ""
    kiosk: str = ""

    def holder(self, role: Role, department: str | None = None) -> Actor:
        """The first person here with the role (in that unit, if one is named)."""
        return self.people[self.script.holders(role, department)[0].username]

    @property
    def desk(self) -> UUID:
        """The “办不成事” window."""
        return self.windows[int(self.desk_number)]

    @property
    def desk_number(self) -> str:
        """The number over the “办不成事” window."""
        return next(str(w.number) for w in self.script.windows if w.kind == "desk")


def open_city(content: DemoContent) -> dict[str, OpenHall]:
    """All halls, parents first, and the network's catalogue."""
    network = provisioning.open_network(slug=content.network.slug, name=content.network.name)
    halls: dict[str, OpenHall] = {}
    for script in sorted(content.halls.values(), key=_parents_first):
        above = halls[script.parent].ref.id if script.parent else None
        halls[script.slug] = OpenHall(script, _open(network, script, above))
    city = next(hall for hall in halls.values() if hall.script.level is Level.CITY)
    with hall(city.ref):
        _put_catalogue(content)
        _put_matrix(content)
    return halls


AT_ANY_HOUR = windows.Spans((("00:00", "24:00"),), (1, 2, 3, 4, 5, 6, 7))
"""A demonstration is looked at when there is time for it; a hall in earnest keeps its hours."""


def furnish(opened: OpenHall, password: accounts.Hashed) -> None:
    """The hall's departments, people, queues, windows, a display, a kiosk and a token per role."""
    with hall(opened.ref):
        audit.record("hall.opened", subject="hall", subject_id=opened.ref.id, by=SYSTEM)
        _add_departments(opened)
        _add_people(opened, password)
        _add_windows(opened)
        opened.display = staff.pair_device(name="大厅叫号屏", kind="display", by=SYSTEM)
        opened.kiosk = staff.pair_device(name="入口取号机", kind="kiosk", by=SYSTEM)
        for role in Role:
            for person in opened.script.holders(role)[:1]:
                opened.tokens[role] = _token(opened.people[person.username], role)


def _parents_first(script: Hall) -> tuple[int, bool, str]:
    return _HEIGHT[script.level], script.kind != "main", script.slug


def _open(network: Network, script: Hall, above: UUID | None) -> HallRef:
    made = provisioning.open_hall(
        network=network,
        wanted=NewHall(
            slug=script.slug,
            name=script.name,
            level=script.level,
            host=f"{script.slug}.{DOMAIN}",
            parent=above,
            kind=script.kind,
            peer_group=script.peer_group,
            desk_name=script.desk_name,
        ),
    )
    return directory.by_schema(made.schema_name)


def _put_catalogue(content: DemoContent) -> None:
    catalogue.put_service_items(
        items=[
            ServiceItemRef(
                code=item.code,
                name=item.name,
                unit=content.units[item.unit].name,
                levels=item.levels,
                **_PROMISES.get(item.code, {}),
            )
            for item in content.items.values()
        ],
        by=SYSTEM,
    )
    catalogue.put_legal_bases(
        bases=[
            LegalBasisRef(
                code=basis.code,
                title=basis.title,
                version=basis.version,
                article=basis.article,
                text=basis.text,
            )
            for basis in content.legal_bases.values()
        ],
        by=SYSTEM,
    )


_PROMISES: dict[str, dict[str, Any]] = {
    "YJ-MZ-01": {
        "limit_days": 5,
        "materials": (Material("居民身份证"), Material("原结婚证或婚姻档案", primary=False)),
    },
    "YJ-MZ-02": {
        "limit_days": 20,
        "materials": (
            Material("低保申请书"),
            Material("户口簿"),
            Material("家庭收入证明", primary=False),
        ),
    },
    "YJ-SC-03": {
        "limit_days": 3,
        "materials": (
            Material("登记申请书"),
            Material("经营者身份证"),
            Material("经营场所证明", primary=False),
        ),
    },
}
"""What some everyday items promise and ask for (invented)."""


def _put_matrix(content: DemoContent) -> None:
    """Who decides the everyday items, from the halls' own levels, and what else may prove some."""
    since = date(2025, 1, 1)
    for item in content.items.values():
        levels = [Level(level) for level in item.levels if level in set(Level)]
        if item.code.isdigit() or not levels:
            continue
        unit = content.units[item.unit].name
        rows = [Decider(item.code, level, unit, since, basis=_BASIS) for level in levels]
        authority.put_deciders(item=item.code, rows=rows, by=SYSTEM)
    for code, papers in _EVIDENCE.items():
        if code in content.items:
            found = [Evidence(name, held_by) for name, held_by in papers]
            authority.put_evidence(item=code, found=found, by=SYSTEM)


_BASIS = "云江市权责清单（2025 年版）"
_EVIDENCE = {
    "YJ-MZ-01": [("婚姻登记档案", "区档案馆"), ("历史户籍底册", "派出所")],
    "YJ-DA-01": [("同单位职工名册", "原主管部门"), ("工资发放表", "原单位或代管单位")],
    "YJ-RS-01": [("职工养老保险手册", "本人"), ("工资审批表", "人事档案")],
}


def _add_departments(opened: OpenHall) -> None:
    for position, unit in enumerate(opened.script.departments):
        made = staff.add_department(
            name=unit.name, duty_phone=unit.duty_phone, position=position, by=SYSTEM
        )
        opened.departments[unit.code] = made.id


def _add_people(opened: OpenHall, password: accounts.Hashed) -> None:
    for person in opened.script.staff:
        unit = opened.departments[person.department] if person.department else None
        post = staff.add_post(
            username=person.username,
            password=password,
            name=person.name,
            roles=person.roles,
            department_id=unit,
            by=SYSTEM,
        )
        actor = staff_queries.actor_of_post(post.id)
        assert actor is not None
        opened.people[person.username] = actor


def _add_windows(opened: OpenHall) -> None:
    for position, queue in enumerate(opened.script.queues):
        made = windows.add_queue(
            prefix=queue.prefix,
            name=queue.name,
            group=queue.group,
            slot_capacity=queue.slots,
            position=position,
            by=SYSTEM,
        )
        opened.queues[queue.prefix] = made
        windows.set_hours(queue_id=made, effective_from=clock.today(), spans=AT_ANY_HOUR, by=SYSTEM)
    for position, window in enumerate(opened.script.windows):
        opened.windows[window.number] = windows.add_window(
            number=str(window.number),
            name=window.name,
            kind=WindowKind(window.kind),
            queue_ids=[opened.queues[prefix] for prefix in window.queues],
            position=position,
            by=SYSTEM,
        )


def _token(actor: Actor, role: str) -> str:
    assert actor.post_id is not None
    return staff.issue_token(
        post_id=actor.post_id, name=f"demo {role}", scopes=None, expires_at=None, by=SYSTEM
    )


def new_password() -> str:
    """The one password of all demo accounts, made at seeding."""
    return f"demo-{secrets.token_hex(4)}"
