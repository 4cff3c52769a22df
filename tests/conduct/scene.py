"""A hall with supervisors, an observer, a clerk who writes down and somebody who is meant."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apps.cases.services.sealing import Accusation, Case, NewFile, Person
from apps.conduct.models import ConductFile
from apps.conduct.services import opening
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.clients import Caller, caller_for

WHO = Person(
    kind="person",
    relation="self",
    name="顾念真",
    phone="19911112222",
    id_number="11010119900307283X",
    agent_name="",
    agent_phone="",
)
WORDS: dict[str, Any] = {
    "title": "材料齐了还要我等一等",
    "detail": "窗口的人说要找中介才办得快。",
    "want": "照规定办。",
}
ACCUSING = {
    "accused_units": [],
    "accused_posts": [],
    "accused_others": "",
    "facts": ["F1"],
    "tags": [],
}


@dataclass
class Scene:
    """`meant` is who the complaints of this hall are about."""

    ref: HallRef
    unit: UUID = field(init=False)
    clerk: Actor = field(init=False)
    meant: Actor = field(init=False)
    supervisor: Actor = field(init=False)
    second: Actor = field(init=False)
    observer: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.unit = people.department_in(self.ref)
        self.clerk = people.staff_in(self.ref, Role.WINDOW_CLERK)
        self.meant = people.staff_in(self.ref, Role.DEPT_HANDLER, department=self.unit)
        self.supervisor = people.staff_in(self.ref, Role.SUPERVISOR)
        self.second = people.staff_in(self.ref, Role.SUPERVISOR)
        self.observer = people.staff_in(self.ref, Role.DISCIPLINE_OBSERVER)

    def about(self, *posts: Actor, units: tuple[UUID, ...] = ()) -> Accusation:
        named = posts or (() if units else (self.meant,))
        return Accusation(
            units=units, posts=tuple(one.post_id for one in named if one.post_id), facts=("F1",)
        )

    def registered(self, accusation: Accusation | None = None) -> Case:
        """A complaint written down quietly by the clerk."""
        with hall(self.ref):
            given = NewFile(person=WHO, accusation=accusation or self.about(), **WORDS)
            return opening.register(given, by=self.clerk)

    def file(self, accusation: Accusation | None = None) -> ConductFile:
        return self.file_of(self.registered(accusation))

    def file_of(self, case: Case) -> ConductFile:
        with hall(self.ref):
            return ConductFile.objects.get(case_id=case.id)

    def file_of_number(self, number: str) -> ConductFile:
        with hall(self.ref):
            return ConductFile.objects.get(number=number)

    def at(self, who: Actor) -> Caller:
        return caller_for(self.ref, who)

    def new(self, **changes: Any) -> dict[str, Any]:
        """A body for the quiet form."""
        person = {name: getattr(WHO, name) for name in ("name", "phone", "kind", "relation")}
        return ACCUSING | WORDS | {"person": person, "pii_notice_accepted": True} | changes
