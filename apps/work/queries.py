"""Reading pieces of work: under a case, asked of one's unit, on file. Rows in the API's shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.cases import permissions as cases
from apps.cases.reading import references
from apps.cases.reading.references import CaseRef
from apps.staff import queries as staff
from apps.work import permissions
from apps.work.files import Spec, specs
from apps.work.kinds import BY_HAND, KINDS, Kind
from apps.work.models import WorkItem
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import NotFound

ORDER = ("-opened_at", "-id")


def of_case(case_id: UUID, by: Actor) -> list[dict[str, Any]]:
    """All work under a case the actor sees, the newest first; raises NotFound."""
    permissions.require(by, "work.read")
    if not cases.visible_to(by).filter(id=case_id).exists():
        raise NotFound
    rows = WorkItem.objects.filter(case_id=case_id).order_by("-seq")
    return bodies(list(rows), by)


def one(item_id: UUID, by: Actor) -> dict[str, Any]:
    """One piece of work the actor sees; raises NotFound."""
    permissions.require(by, "work.read")
    item = permissions.visible_to(by).filter(id=item_id).first()
    if item is None:
        raise NotFound
    return bodies([item], by)[0]


def under(case_id: UUID) -> list[UUID]:
    """Every piece of work under a case, for who holds the case locked."""
    return list(WorkItem.objects.filter(case_id=case_id).values_list("id", flat=True))


def inbox(by: Actor, *, ended: bool = False) -> QuerySet[WorkItem, WorkItem]:
    """What was given to the actor or to the actor's unit, open or ended; to be paged by ORDER."""
    permissions.require(by, "work.read")
    rows = permissions.visible_to(by).filter(permissions.given_to(by))
    return rows.filter(open=not ended)


def filings(by: Actor) -> QuerySet[WorkItem, WorkItem]:
    """What is on file with the management body (C-64), to be paged by ORDER."""
    permissions.require(by, "filings.read")
    return permissions.visible_to(by).filter(kind="filing")


def bodies(items: Sequence[WorkItem], by: Actor) -> list[dict[str, Any]]:
    """Pieces of work in the shape of the API: three queries, and one for units taking part."""
    found = references.cases(item.case_id for item in items)
    ids = {item.case_id for item in items}
    seen = set(cases.visible_to(by).filter(id__in=ids).values_list("id", flat=True))
    clocks = references.clocks_of([item.id for item in items if item.open])
    names = _unit_names(items)
    return [
        _body(item, found.get(item.case_id), item.case_id in seen, clocks.get(item.id), names, by)
        for item in items
    ]


def _unit_names(items: Iterable[WorkItem]) -> dict[UUID, str]:
    if not any(item.members for item in items):
        return {}
    return {row["id"]: row["name"] for row in staff.departments()}


def _body(
    item: WorkItem,
    case: CaseRef | None,
    seen: bool,
    clock: dict[str, Any] | None,
    names: dict[UUID, str],
    by: Actor,
) -> dict[str, Any]:
    return {
        "id": item.id,
        "case": {
            "id": item.case_id if seen else None,
            "number": case.number if case else "",
            "title": case.title if case and seen else None,
        },
        "seq": item.seq,
        "kind": item.kind,
        "state": item.state,
        "open": item.open,
        "title": item.title,
        "number": f"〔{item.year}〕{item.number}号" if item.number else None,
        "unit": {"id": item.unit, "name": item.unit_name} if item.unit else None,
        "post": {"id": item.post, "name": item.post_name} if item.post else None,
        "members": [{"id": unit, "name": names.get(unit, "")} for unit in item.members],
        "opener": {"id": item.opener_post, "name": item.opener_name},
        "meeting": item.meeting,
        "opened_at": item.opened_at,
        "ended_at": item.ended_at,
        "deadline": clock,
        "data": item.data,
        "sealed": sorted(item.sealed),
        "allowed_steps": allowed_steps(item, by, case.lead_unit if case else None),
        "version": item.version,
    }


def allowed_steps(item: WorkItem, by: Actor, lead: UUID | None) -> list[str]:
    """The steps this actor can take now."""
    steps = KINDS[item.kind].steps_from(item.state)
    return [step.code for step in steps if step.who and permissions.may_step(by, item, step, lead)]


def forms(by: Actor) -> list[dict[str, Any]]:
    """Every kind as forms ask for it: what begins it, what its steps say; whether the actor's
    roles begin it."""
    permissions.require(by, "work.read")
    return [_form(kind, by) for kind in KINDS.values()]


def _form(kind: Kind, by: Actor) -> dict[str, Any]:
    return {
        "kind": kind.code,
        "may_begin": kind.code in BY_HAND and permissions.may_begin(by, kind),
        "fields": [_field(spec) for spec in specs(kind.asks)],
        "steps": [
            {"step": step.code, "fields": [_field(spec) for spec in specs(step.given)]}
            for step in kind.steps
            if step.who
        ],
    }


def _field(spec: Spec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "input": spec.input,
        "needed": spec.required,
        "several": spec.many,
        "most": spec.most,
        "least": spec.least,
        "options": list(spec.options),
        "parts": [_field(part) for part in spec.parts],
    }


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody who could go: `visits` of theirs that day in that area."""

    id: UUID
    name: str
    unit: str
    visits: int


def nearby(area: str, on: date, by: Actor) -> list[Near]:
    """Who could visit an area on a day (C-35): first those who are there that day already, then
    the others who help. The system knows nobody's whereabouts but the visits planned here."""
    permissions.require(by, "work.open")
    rows = WorkItem.objects.filter(
        kind="home_visit", data__asked__on=on.isoformat(), data__asked__area=area.strip()
    )
    there: dict[UUID, int] = {}
    for post in rows.exclude(state="cancelled").values_list("post", flat=True):
        if post is not None:
            there[post] = there.get(post, 0) + 1
    known = [post for post in staff.posts() if post["id"] in there or _helps(post)]
    found = [
        Near(post["id"], post["name"], post["department__name"] or "", there.get(post["id"], 0))
        for post in known
    ]
    return sorted(found, key=lambda near: (-near.visits, near.name, near.id))


def _helps(post: dict[str, Any]) -> bool:
    return Role.ASSISTANT in post["roles"]
