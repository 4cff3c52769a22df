"""What can be taken over from a sheet: what a look at it finds, and how its rows are written."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from apps.setup import item_plan, people_sheet, permissions, queries
from apps.setup.services import items
from apps.staff import hiring
from apps.staff import permissions as staff
from apps.staff.services import posts
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Refusal
from bancheng.kernel.sheets.columns import RowError
from bancheng.services.audit import chain as audit

Json = dict[str, Any]
MOST_NAMED = 200
PEOPLE_AT_ONCE = 5
"""Each of them costs a hash that is slow on purpose, while the hall's record is held."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found, as it is shown; `kept` replaces the sheet until it is taken over."""

    plan: Json
    rows: int
    kept: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Rows settled by one step; `wrong` could not be, `told` is for one person's eyes, by row."""

    done: int
    counts: Mapping[str, int] = field(default_factory=dict)
    wrong: tuple[Json, ...] = ()
    told: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """`look` reads `(content, ends_missing, by)`; `take` writes `(plan, kept, done, by)`."""

    require: Callable[[Actor], None]
    look: Callable[[bytes, bool, Actor], Looked]
    take: Callable[[Json, str, int, Actor], Portion]


def plan_of_items(found: item_plan.Plan) -> Json:
    """What a sheet of items would do, its first changes and errors."""
    return {
        "rows": found.rows,
        "counts": queries.counted(found),
        "changes": [
            {
                "kind": one.kind,
                "row": one.row,
                "code": one.item.code,
                "name": one.item.name,
                "cells": [asdict(cell) for cell in one.fields],
            }
            for one in found.changes[:MOST_NAMED]
        ],
        **_wrong(found.errors),
        "ignored": list(found.ignored),
        "seal": found.seal,
    }


def _look_at_items(content: bytes, ends_missing: bool, by: Actor) -> Looked:
    found = queries.planned(content, ends_missing=ends_missing)
    kept = json.dumps([ends_missing, base64.b64encode(content).decode()])
    rows = found.count("added") + found.count("changed") + found.count("ended")
    return Looked(plan_of_items(found), rows, kept)


def _take_items(plan: Json, kept: str, done: int, by: Actor) -> Portion:
    """All of them in one transaction: the network never has half a list."""
    ends_missing, content = json.loads(kept)
    counted = items.take_over(
        base64.b64decode(content), ends_missing=ends_missing, seal=plan["seal"], by=by
    )
    return Portion(counted["added"] + counted["changed"] + counted["ended"], counted)


def _look_at_people(content: bytes, ends_missing: bool, by: Actor) -> Looked:
    found = people_sheet.plan(content, by=by)
    plan = {
        "rows": len(found.people) + found.unchanged,
        "counts": {
            "added": len(found.people),
            "changed": 0,
            "ended": 0,
            "unchanged": found.unchanged,
        },
        "changes": [_added(one) for one in found.people[:MOST_NAMED]],
        **_wrong(found.errors),
        "ignored": list(found.ignored),
        "seal": "",
    }
    kept = "\n".join(json.dumps(one.kept()) for one in found.people)
    return Looked(plan, len(found.people), kept)


def _added(one: people_sheet.Person) -> Json:
    cells = [
        {"field": "roles", "before": "", "after": "、".join(map(_role, one.roles))},
        {"field": "department", "before": "", "after": one.department},
    ]
    cells = [cell for cell in cells if cell["after"]]
    return {"kind": "added", "row": one.row, "code": one.username, "name": one.name, "cells": cells}


def _role(code: str) -> str:
    return people_sheet.ROLES[Role(code)]


def _take_people(plan: Json, kept: str, done: int, by: Actor) -> Portion:
    """The next few; who cannot be taken on any more is named, and the others are."""
    lines, units = kept.split("\n"), hiring.units()
    rows = lines[done : done + PEOPLE_AT_ONCE]
    wanted = [people_sheet.Person(**json.loads(line)) for line in rows]
    told: list[Json] = []
    wrong: list[Json] = []
    for one in wanted:
        unit = units.get(one.department) if one.department else None
        about = posts.About(one.name, frozenset(map(Role, one.roles)), unit)
        try:
            with transaction.atomic():
                hired = posts.hire(username=one.username, about=about, by=by)
        except Refusal as refusal:
            wrong.append({"row": one.row, "column": "", "code": refusal.code})
            continue
        said = {"name": one.name, "username": one.username, "department": one.department}
        told.append(said | {"password": hired.password})
    if done + len(wanted) >= len(lines):
        _note_people(len(lines), by)
    return Portion(len(wanted), {"added": len(told)}, tuple(wrong), tuple(told))


def _note_people(rows: int, by: Actor) -> None:
    detail = {"rows": rows}
    audit.record("setup.people_taken_over", subject="hall", subject_id=None, by=by, detail=detail)


def _wrong(errors: tuple[RowError, ...]) -> Json:
    named = [asdict(one) for one in errors[:MOST_NAMED]]
    return {"error_count": len(errors), "row_errors": named}


def _manages_people(by: Actor) -> None:
    staff.require(by, "staff.manage")


KINDS: Mapping[str, Kind] = {
    "items": Kind(permissions.require_items, _look_at_items, _take_items),
    "people": Kind(_manages_people, _look_at_people, _take_people),
}
