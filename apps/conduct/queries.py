"""Reading sealed files, what was released to a unit, what somebody was told about themselves."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.cases.intake import patterns
from apps.cases.reading import sealed_file
from apps.conduct import permissions
from apps.conduct.limits import clue_cases, clue_span, reveal_for, smallest_cell
from apps.conduct.models import ConductFile, ConductIdentity, Measure, Reveal
from apps.staff import permissions as staff
from apps.staff import queries as people
from bancheng.city.rollups import conduct
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import Level, here
from bancheng.services.audit import chain as audit

ORDER = ("-opened_at", "-id")
PERSONAL = (
    "name",
    "phone",
    "id_number",
    "enterprise_name",
    "agent_name",
    "agent_phone",
    "agent_id_number",
)


def listed(by: Actor) -> QuerySet[ConductFile, ConductFile]:
    """The actor's files, to be paged by ORDER and shown with `rows`."""
    staff.require(by, "conduct.read")
    return permissions.visible_to(by)


def rows(files: Iterable[ConductFile]) -> list[dict[str, Any]]:
    """Files in a list; one query."""
    found = list(files)
    heads = sealed_file.heads(file.case_id for file in found)
    return [_row(file) | asdict(heads[file.case_id]) for file in found]


def _row(file: ConductFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "number": file.number,
        "state": file.state,
        "facts": file.facts,
        "tags": file.tags,
        "accused": file.accused,
        "others": file.others,
        "result": file.result,
        "opened_at": file.opened_at,
        "version": file.version,
    }


def whole(file: ConductFile, by: Actor) -> dict[str, Any]:
    """Everything in a file but the person, of whom it says only what could be asked for."""
    posts = {row["id"]: row for row in people.posts()}
    words = sealed_file.words(file.case_id)
    return (
        _row(file)
        | words
        | {
            "circle": [_named(posts, post) for post in words["circle"]],
            "handlers": [_named(posts, post) for post in file.handlers],
            "recused": file.recused,
            "finding": file.finding,
            "measures": [measure(row) for row in _measures(file)],
            "handed_over": file.handed_over,
            "released": file.released,
            "released_units": file.released_units,
            "feedback": file.feedback,
            "matter": file.matter,
            "archived_at": file.archived_at,
            "person": _person(file),
            "reveals": [reveal(row, by) for row in Reveal.objects.filter(file=file).order_by("id")],
            "allowed_steps": permissions.allowed_steps(by, file),
        }
    )


def _named(posts: dict[UUID, dict[str, Any]], post: UUID) -> dict[str, Any]:
    row = posts.get(post)
    return {"id": post, "name": row["name"] if row else "", "roles": row["roles"] if row else []}


def _measures(file: ConductFile) -> QuerySet[Measure, Measure]:
    return Measure.objects.filter(file=file).order_by("decided_at", "id")


def measure(row: Measure) -> dict[str, Any]:
    """A measure as its file shows it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "subject": row.subject,
        "text": row.text,
        "points": row.points,
        "decided_by": row.decided_by_name,
        "decided_at": row.decided_at,
        "served_at": row.served_at,
        "appeal": row.appeal,
        "appeal_decision": row.appeal_decision,
        "version": row.version,
    }


def _person(file: ConductFile) -> dict[str, Any] | None:
    kept = ConductIdentity.objects.filter(file=file).first()
    if kept is None:
        return None
    known = [name for name in PERSONAL if getattr(kept, name) is not None]
    return {"kind": kept.kind, "relation": kept.relation, "fields": known}


def reveal(row: Reveal, by: Actor) -> dict[str, Any]:
    """A request to see one field, and what the asker can do about it."""
    until = row.decided_at + reveal_for() if row.decided_at and row.approved else None
    fresh = until is not None and row.shown_at is None and clock.now() <= until
    mine = row.asked_by == by.post_id
    return {
        "id": row.id,
        "field": row.field,
        "reason": row.reason,
        "note": row.note,
        "asked_by": row.asked_by_name,
        "asked_at": row.asked_at,
        "decided_by": row.decided_by_name,
        "approved": row.approved,
        "shown_at": row.shown_at,
        "until": until,
        "may_decide": row.decided_at is None and not mine and staff.may(by, "conduct.handle"),
        "may_show": fresh and mine,
    }


def acts(file: ConductFile) -> list[dict[str, Any]]:
    """The file's part of the sealed chain, numbered by itself: the chain's own numbers would tell
    that there are other files."""
    names = {row["id"]: row["name"] for row in people.posts()}
    return [
        {"seq": at, "at": act.at, "action": act.action, "by": names.get(act.post, "")}
        for at, act in enumerate(audit.sealed_acts(file.id), start=1)
    ]


def releases(by: Actor) -> list[dict[str, Any]]:
    """The summaries that were given to the actor's unit: a text and a day, and no way back."""
    staff.require(by, "conduct.own")
    if by.department_id is None:
        return []
    found = ConductFile.objects.filter(released_units__contains=[by.department_id])
    texts = found.order_by("-opened_at", "-id").values_list("released", flat=True)
    return [{"text": one["text"], "at": one["at"]} for one in texts if one]


def own_measures(by: Actor) -> list[dict[str, Any]]:
    """What the actor was told about themselves (C-59)."""
    staff.require(by, "conduct.own")
    if by.post_id is None:
        return []
    mine = Measure.objects.filter(post=by.post_id, served_at__isnull=False)
    hidden = ("subject",)
    return [
        {name: value for name, value in measure(row).items() if name not in hidden}
        for row in mine.order_by("-served_at", "-id")
    ]


def clues(by: Actor) -> list[patterns.Pattern]:
    """Agents met again and again at one clerk or window (C-71)."""
    staff.require(by, "conduct.watch")
    since = clock.now() - clue_span()
    return patterns.agents_met_often(since=since, least=clue_cases(), by=by)


def figures(by: Actor) -> list[conduct.Cell]:
    """The city's suppressed counts; raises Forbidden in any other hall."""
    staff.require(by, "conduct.figures")
    if here().level != Level.CITY:
        raise Forbidden(permission="conduct.figures")
    return conduct.cells(smallest_cell())


def watch(by: Actor) -> dict[str, list[dict[str, object]]]:
    """Open cases an observer looks at first (C-58)."""
    staff.require(by, "conduct.watch")
    return patterns.worth_watching(by)
