"""Who may know of a file: supervisors, observers and its named handlers, without the accused,
the people of accused units and whoever is recused (C-13, domain.md §4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.services import sealing
from apps.conduct.models import ConductFile
from apps.conduct.permissions import DECIDERS, HANDLERS, WATCHERS
from apps.conduct.rules import State
from apps.staff import queries as staff
from apps.staff.services import hears_of_people
from bancheng.kernel.actor import Role
from bancheng.services.live import log as live

_OVER = (State.ARCHIVED, State.SENT_UP)


@dataclass(frozen=True, slots=True)
class Somebody:
    """An active post with what decides about its place."""

    id: UUID
    name: str
    roles: frozenset[Role]
    unit: UUID | None


def people() -> list[Somebody]:
    """All active posts of the hall."""
    return [
        Somebody(
            row["id"],
            row["name"],
            frozenset(Role(role) for role in row["roles"]),
            row["department_id"],
        )
        for row in staff.posts()
    ]


def unfit(file: ConductFile, one: Somebody) -> bool:
    """Accused, of an accused unit, or recused."""
    recused = {entry["post"] for entry in file.recused}
    return (
        one.id in file.accused_posts
        or (one.unit is not None and one.unit in file.accused_units)
        or str(one.id) in recused
    )


def of(file: ConductFile, everybody: Iterable[Somebody]) -> set[UUID]:
    """The posts that may know of the file."""
    return {
        one.id
        for one in everybody
        if not unfit(file, one)
        and (one.roles & WATCHERS or (one.id in file.handlers and one.roles & HANDLERS))
    }


def decided_by_somebody(circle: set[UUID], everybody: Iterable[Somebody]) -> bool:
    """Whether anybody of the circle may find, measure and answer."""
    return any(one.id in circle and one.roles & DECIDERS for one in everybody)


@hears_of_people
@transaction.atomic
def draw_again() -> int:
    """After people came, went or changed: draw every open file's circle again; how many changed.

    Nobody acts here and nothing is written into the files: sight follows from what is known.
    """
    everybody, changed = people(), 0
    open_files = ConductFile.objects.exclude(state__in=_OVER).order_by("case_id")
    for file_id, case_id in list(open_files.values_list("id", "case_id")):
        case = sealing.locked(case_id)
        circle = of(ConductFile.objects.get(id=file_id), everybody)
        if circle != set(case.circle):
            sealing.encircle(case, circle)
            changed += 1
    if changed:
        live.publish([live.PEOPLE], live.Change("conduct_circles"))
    return changed
